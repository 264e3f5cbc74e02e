import IdentityBroker
import Testing

@Suite("Locale and address")
struct LocaleAndAddressTests {
    @Test(
        "WeChat's language becomes a language tag",
        arguments: [
            ("zh_CN", "zh-CN"), ("zh_TW", "zh-TW"), ("en", "en"), ("", nil), (.null, nil), (5, nil), ("../etc", nil),
        ] as [(JSON, String?)]
    )
    func locale(language: JSON, expected: String?) async throws {
        #expect(try await Scenario(profile: ["language": language]).identity().claims.locale == expected)
    }

    @Test("the record's locale comes first")
    func ownLocale() async throws {
        let scenario = try Scenario(
            profile: ["language": "zh_CN"],
            record: ["locale": "en_GB", "zoneinfo": "Asia/Shanghai"]
        )
        let claims = try await scenario.identity().claims
        #expect(claims.locale == "en-GB")
        #expect(claims.zoneinfo == "Asia/Shanghai")
    }

    @Test("WeChat's city, province and country become the address, without empty ones")
    func profileAddress() async throws {
        let profile: JSON = ["city": "Haidian", "province": "", "country": "China"]
        #expect(
            try await Scenario(profile: profile).identity().claims.address
                == PostalAddress(locality: "Haidian", country: "China")
        )
    }

    @Test("there is no address if all of it is empty")
    func emptyAddress() async throws {
        let profile: JSON = ["city": "", "province": .null, "country": ""]
        #expect(try await Scenario(profile: profile, record: ["city": ""]).identity().claims.address == nil)
    }

    @Test("the record's address is not mixed with WeChat's")
    func ownAddress() async throws {
        let scenario = try Scenario(
            profile: ["city": "Haidian", "country": "China"],
            record: [
                "province": "Zealand", "streetAddress": "Street 1", "postalCode": "1000", "address": "Street 1, 1000",
            ]
        )
        #expect(
            try await scenario.identity().claims.address
                == PostalAddress(
                    region: "Zealand",
                    postalCode: "1000",
                    streetAddress: "Street 1",
                    formatted: "Street 1, 1000"
                )
        )
    }
}
