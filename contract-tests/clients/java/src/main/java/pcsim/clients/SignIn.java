package pcsim.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.store.partnercenter.AuthenticationToken;
import com.microsoft.store.partnercenter.IAggregatePartner;
import com.microsoft.store.partnercenter.PartnerService;
import com.microsoft.store.partnercenter.extensions.PartnerCredentials;
import com.microsoft.store.partnercenter.extensions.UserPartnerCredentials;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.joda.time.DateTime;

/** The direct partner of the ready file, with its application alone or with its administrator. */
final class SignIn {
  private static final String AUTHORITY = "https://login.microsoftonline.com";
  private static final String RESOURCE = "https://api.partnercenter.microsoft.com";

  private final JsonNode ready;
  private final JsonNode partner;
  private final JsonNode application;

  SignIn() throws IOException {
    ready = new ObjectMapper().readTree(new File(System.getenv("PCSIM_READY_FILE")));
    partner = one("partners", "kind", "direct");
    application = one("applications", "tenantId", partner.get("tenantId").asText());
  }

  private JsonNode one(String list, String member, String value) {
    for (JsonNode element : ready.get(list)) {
      if (element.get(member).asText().equals(value)) {
        return element;
      }
    }
    throw new IllegalStateException(list + " has no " + member + " " + value);
  }

  /** The default resource is retired; the SDK takes another as "graph endpoint". */
  IAggregatePartner asApplication() {
    return PartnerService.getInstance()
        .createPartnerOperations(
            PartnerCredentials.getInstance()
                .generateByApplicationCredentials(
                    application.get("clientId").asText(),
                    application.get("clientSecret").asText(),
                    partner.get("domain").asText(),
                    AUTHORITY,
                    RESOURCE));
  }

  /** The SDK leaves signing users in to its caller. */
  IAggregatePartner asAdministrator() throws IOException, InterruptedException {
    final String name = "admin@" + partner.get("domain").asText();
    final JsonNode told =
        token(
            Map.of(
                "grant_type", "password",
                "client_id", application.get("clientId").asText(),
                "client_secret", application.get("clientSecret").asText(),
                "username", name,
                "password", one("users", "userPrincipalName", name).get("password").asText(),
                "resource", RESOURCE));
    final AuthenticationToken token =
        new AuthenticationToken(
            told.get("access_token").asText(),
            DateTime.now().plusSeconds(told.get("expires_in").asInt()));
    return PartnerService.getInstance()
        .createPartnerOperations(
            new UserPartnerCredentials(application.get("clientId").asText(), token));
  }

  private JsonNode token(Map<String, String> form) throws IOException, InterruptedException {
    final String body =
        form.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    final String path = "/" + partner.get("tenantId").asText() + "/oauth2/token";
    final HttpRequest request =
        HttpRequest.newBuilder(URI.create(AUTHORITY + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    final String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
