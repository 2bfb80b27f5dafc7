import json
import unittest

from harness.table import Routes, documented, render, replaced, steps_of

ROUTES = Routes(
    [
        ("GetCustomer", "GET", "/v1/customers/{customerId}"),
        ("ListRequests", "GET", "/v1/customers/relationshiprequests"),
        ("Create", "POST", "/v1/customers"),
    ]
)
DOCUMENT = "text\n<!-- calls of a -->\nold\n<!-- end -->\n<!-- calls of b -->\nb\n<!-- end -->\n"


def trace(*entries):
    return "\n".join(json.dumps(entry) for entry in entries)


def request(path, status):
    return {"event": "request", "method": "GET", "path": path, "status": status}


class Table(unittest.TestCase):
    def test_operations_are_found_as_the_host_finds_them(self):
        for path in ("/v1/customers/1", "/V1/Customers/1/", "/v1.0//customers/1"):
            self.assertEqual(ROUTES.name("GET", path), "`GetCustomer`")
        self.assertEqual(ROUTES.name("GET", "/v1/customers/relationshiprequests"), "`ListRequests`")
        self.assertEqual(ROUTES.name("DELETE", "/v1/customers/1"), "no operation")
        self.assertEqual(ROUTES.name("GET", "/v2/customers/1"), "no operation")

    def test_requests_belong_to_the_step_before_them(self):
        steps = steps_of(
            trace(
                {"event": "started"},
                {"step": "one"},
                request("/v1/customers/1", 404),
                request("/v1/customers/1", 404),
                request("/v1/customers/1", 200),
                {"step": "two"},
            ),
            ROUTES,
        )
        self.assertEqual(
            steps, [("one", "`GetCustomer` 404, repeatedly, `GetCustomer` 200"), ("two", "")]
        )
        self.assertIn("| two | nothing was asked |", render(steps))

    def test_requests_before_the_first_step_show(self):
        steps = steps_of(trace(request("/v1/customers/1", 200)), ROUTES)
        self.assertEqual(steps[0][0], "before the first step")

    def test_a_client_has_its_own_section(self):
        self.assertEqual(documented(DOCUMENT, "a"), "old\n")
        self.assertIsNone(documented(DOCUMENT, "c"))
        self.assertEqual(documented(replaced(DOCUMENT, "a", "new\n"), "a"), "new\n")
        self.assertEqual(documented(replaced(DOCUMENT, "a", "new\n"), "b"), "b\n")


if __name__ == "__main__":
    unittest.main()
