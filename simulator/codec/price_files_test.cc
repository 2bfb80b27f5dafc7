#include "codec/price_files.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "codec/reference_data.h"

namespace pcsim {
namespace {

/// The sentence a folder with one changed file is refused with; empty when it is taken.
std::string refusal(const std::string& path, const std::string& text) {
  const auto loaded = load_reference(Fixtures{"mine", {{path, text}}});
  const auto* problem = std::get_if<std::string>(&loaded);
  return problem == nullptr ? "" : *problem;
}

const std::string kHeader =
    "product,sku,availability,plan_availability,size,region,term,price_usd,pay_as_you_go_usd,"
    "origin\n";

const PriceList& prices() { return built_in_reference().catalogue.prices(); }

TEST(Prices, SixtySizesInTwentyRegionsForTwoTerms) {
  std::set<std::string_view> sizes;
  std::set<std::string_view> regions;
  for (const PriceRow& row : prices().rows()) {
    const ReservedProduct* product = prices().product_of(row.size);
    if (product != nullptr && product->resource_type == "VirtualMachines") {
      sizes.insert(row.size);
      regions.insert(row.region);
    }
  }
  EXPECT_GE(sizes.size(), 60U);
  EXPECT_GE(regions.size(), 20U);
  for (const std::string_view size : sizes) {
    for (const std::string_view region : regions) {
      for (const char* term : {"P1Y", "P3Y"}) {
        EXPECT_NE(prices().reservation(size, region, term), nullptr)
            << size << " " << region << " " << term;
      }
    }
  }
}

TEST(Prices, EveryKindOfReservation) {
  std::map<std::string, int> rows;
  for (const PriceRow& row : prices().rows()) {
    const ReservedProduct* product = prices().product_of(row.size);
    rows[product == nullptr ? "" : product->resource_type] += 1;
  }
  EXPECT_EQ(rows.size(), 5U);
  for (const char* kind : {"", "VirtualMachines", "SqlDatabases", "CosmosDb", "SuseLinux"}) {
    EXPECT_GT(rows[kind], 0) << kind;
  }
}

TEST(Prices, AReservationSavesAndThreeYearsSaveMore) {
  for (const PriceRow& row : prices().rows()) {
    if (row.size.empty()) {
      EXPECT_FALSE(row.saving()) << row.product;
      continue;
    }
    ASSERT_TRUE(row.saving()) << row.size;
    EXPECT_GT(*row.saving(), Decimal{}) << row.size << " " << row.region << " " << row.term;
    EXPECT_EQ(row.price + *row.saving(), *row.pay_as_you_go);
    if (row.term == "P3Y") {
      const PriceRow* year = prices().reservation(row.size, row.region, "P1Y");
      EXPECT_GT(row.saving()->percent_of(*row.pay_as_you_go),
                year->saving()->percent_of(*year->pay_as_you_go))
          << row.size << " " << row.region;
    }
  }
}

TEST(Prices, RecordedOnesAreKept) {
  EXPECT_EQ(prices().reservation("standard_b1s", "WestUS", "p1y")->price, Decimal::of(63));
  EXPECT_TRUE(prices().reservation("Standard_D11_v2", "westus", "P3Y")->recorded);
  EXPECT_FALSE(prices().reservation("Standard_B1s", "westus2", "P1Y")->recorded);
}

TEST(Prices, EveryRowIsASkuOfTheCatalogue) {
  const Catalogue& catalogue = built_in_reference().catalogue;
  for (const PriceRow& row : prices().rows()) {
    const Product* product = catalogue.find(row.product);
    ASSERT_NE(product, nullptr) << row.product;
    const Sku* sku = product->find_sku(row.sku);
    ASSERT_NE(sku, nullptr) << row.product << " " << row.sku;
    EXPECT_EQ(sku->term, row.term);
  }
  std::size_t skus = 0;
  for (const Product& product : catalogue.products()) {
    std::set<std::string> ids;
    for (const Sku& sku : product.all_skus()) {
      EXPECT_TRUE(ids.insert(sku.id).second) << product.id << " " << sku.id;
      skus += 1;
      EXPECT_EQ(product.reservation(), !sku.arm_sku_name.empty()) << sku.id;
    }
  }
  EXPECT_GT(skus, 3'000U);
}

// The licence of SUSE and SQL software is a product of its own, in no list of reservations.
TEST(Prices, SoftwareIsInNoListOfReservations) {
  for (const Product& product : built_in_reference().catalogue.products()) {
    if (product.in_view("Software")) {
      EXPECT_FALSE(product.reservation()) << product.id;
      EXPECT_TRUE(product.provision() == Provision::Software ||
                  product.provision() == Provision::SoftwareSubscription)
          << product.id;
    }
  }
  EXPECT_TRUE(built_in_reference().catalogue.find("DZH318Z0BR11")->in_view("SoftwareSUSELinux"));
}

// A product of one type of reservation, and an availability of one scope, are in no other list.
TEST(Prices, ListsAreDisjoint) {
  for (const Product& product : built_in_reference().catalogue.products()) {
    int types = 0;
    for (const char* view :
         {"AzureReservationsVM", "AzureReservationsSQL", "AzureReservationsCosmosDb"}) {
      types += product.in_view(view) ? 1 : 0;
    }
    EXPECT_EQ(types, product.reservation() ? 1 : 0) << product.id;
    std::set<std::string> ids;
    for (const Sku& sku : product.all_skus()) {
      for (const Availability& one : sku.availabilities) {
        EXPECT_TRUE(ids.insert(one.catalog_item_id).second) << one.catalog_item_id;
      }
    }
  }
}

TEST(Prices, ReplacedByAFileOfTheFolder) {
  const auto loaded = load_reference(
      Fixtures{"mine",
               {{"prices/prices.csv",
                 kHeader + "DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P1Y,1.50,2,invented\n"}}});
  const auto& catalogue = std::get<Reference>(loaded).catalogue;
  EXPECT_EQ(catalogue.prices().reservation("Standard_B1s", "westus", "P1Y")->price.text(2), "1.50");
  EXPECT_EQ(catalogue.find("DZH318Z0BQ4B")->all_skus().size(), 1U);
  const auto item =
      catalogue.reservation("Standard_B1s", "westus", "P1Y", ReservationScope::AzurePlan);
  EXPECT_EQ(item.availability->catalog_item_id, "DZH318Z0BQ4B:1:B");
}

TEST(Prices, AWrongLineIsRefusedByFileLineAndMember) {
  const std::string path = "prices/prices.csv";
  const std::string row = "DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P1Y,1.50,2,invented\n";
  const auto wrong = [&](const std::string& text) { return refusal(path, kHeader + row + text); };
  EXPECT_EQ(wrong(""), "");
  EXPECT_EQ(wrong("a,b\n"), "mine/prices/prices.csv:3: must have 10 cells without quotes");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P1Y,1e3,2,invented\n"),
            "mine/prices/prices.csv:3: price_usd: must be an amount");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P1Y,1,,invented\n"),
            "mine/prices/prices.csv:3: pay_as_you_go_usd: must be an amount");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_Z,westus,P1Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: size: is not in sizes.csv");
  EXPECT_EQ(wrong("DZH318Z0BQ3Q,1,A,B,Standard_B1s,westus,P1Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: product: is not the product of the size in sizes.csv");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_B1s,moon,P1Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: region: is not in regions.csv");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P2Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: term: must be P1Y or P3Y");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,,B,Standard_B1s,westus,P1Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: availability: is empty");
  EXPECT_EQ(wrong("DZH318Z0BQ4B,1,A,B,Standard_B1s,westus,P1Y,1,2,guessed\n"),
            "mine/prices/prices.csv:3: origin: must be recorded or invented");
  EXPECT_EQ(wrong(",1,A,B,Standard_B1s,westus,P1Y,1,2,invented\n"),
            "mine/prices/prices.csv:3: product: is empty");
  EXPECT_EQ(refusal(path, "produce" + kHeader.substr(7) + row),
            "mine/prices/prices.csv:1: product: column 1 must have this name");
}

TEST(Prices, WrongSideTablesAreRefused) {
  EXPECT_EQ(refusal("prices/rates.csv", "currency,rate,places\nEUR,0,2\n"),
            "mine/prices/rates.csv:2: rate: must be a number above zero");
  EXPECT_EQ(refusal("prices/rates.csv", "currency,rate,places\nEUR,1,3\n"),
            "mine/prices/rates.csv:2: places: must be 0 or 2");
  EXPECT_EQ(refusal("prices/taxes.csv", "country,rate,included\nFR,1.5,0\n"),
            "mine/prices/taxes.csv:2: rate: must be a share below 1");
  EXPECT_EQ(refusal("prices/taxes.csv", "country,rate,included\nFR,0.2,yes\n"),
            "mine/prices/taxes.csv:2: included: must be 0 or 1");
  EXPECT_EQ(refusal("prices/regions.csv", "region,title\nwestus,\n"),
            "mine/prices/regions.csv:2: title: is empty");
  EXPECT_EQ(refusal("prices/sizes.csv", "size,product,cores,ram\nA,B,,\n"),
            "mine/prices/sizes.csv:2: product: is not in products.csv");
  EXPECT_EQ(refusal("prices/sizes.csv", "size,product,cores,ram\nA,DZH318Z0BQ4B,two,\n"),
            "mine/prices/sizes.csv:2: cores: must be digits or nothing");
  EXPECT_EQ(refusal("prices/products.csv",
                    "product,title,description,type,sub_type,views,resource_type,sku_prefix\n"
                    "A,,,,,,,\n"),
            "mine/prices/products.csv:2: resource_type: is empty");
}

}  // namespace
}  // namespace pcsim
