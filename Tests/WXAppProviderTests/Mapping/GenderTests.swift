import IdentityBroker
import Testing

@Suite("The gender")
struct GenderTests {
    static let values: [(JSON, String?)] = [
        (1, "male"), ("1", "male"), ("M", "male"), ("m", "male"), ("male", "male"),
        (2, "female"), ("2", "female"), ("F", "female"), ("Female", "female"),
        (0, nil), ("0", nil), ("U", nil), ("", nil), (3, nil), ("unknown", nil), (.null, nil), (true, nil), (1.5, nil),
    ]

    @Test("is male or female, or absent", arguments: values)
    func gender(value: JSON, expected: String?) async throws {
        #expect(try await Scenario(record: ["gender": value]).identity().claims.gender == expected)
        for name in ["gender", "sex"] {
            #expect(try await Scenario(profile: [name: value]).identity().claims.gender == expected)
        }
    }

    @Test("is the record's if it has one, otherwise WeChat's")
    func source() async throws {
        for (own, expected) in [("F", "female"), ("U", "male")] {
            let scenario = try Scenario(profile: ["gender": 1], record: ["gender": .string(own)])
            #expect(try await scenario.identity().claims.gender == expected)
        }
    }
}
