import IdentityBroker
import Testing

@Suite("The phone number")
struct PhoneTests {
    struct Row: Sendable {
        let own: JSON?
        let weChats: JSON?
        var countryCode: JSON?
        var number: String?
        var notice: String?
    }

    static let rows: [Row] = [
        // One place alone.
        Row(own: nil, weChats: nil),
        Row(own: .null, weChats: ""),
        Row(own: [], weChats: false),
        Row(own: "17670416754", weChats: nil, number: "+8617670416754"),
        Row(own: 17_670_416_754, weChats: nil, number: "+8617670416754"),
        Row(own: "+8617670416754", weChats: nil, number: "+8617670416754"),
        Row(own: "+86 176-7041-6754", weChats: nil, number: "+8617670416754"),
        Row(own: "+15551234567", weChats: .null, number: "+15551234567"),
        Row(own: nil, weChats: "17670416754", number: "+8617670416754"),
        Row(own: "", weChats: "17670416754", number: "+8617670416754"),
        // Not whole.
        Row(own: "188xxxx8888", weChats: nil, notice: "phone_masked"),
        Row(own: "188****8888", weChats: nil, notice: "phone_masked"),
        Row(own: "***********", weChats: nil, notice: "phone_masked"),
        Row(own: nil, weChats: "188xxxx8888", notice: "phone_masked"),
        Row(own: "188xxxx8888", weChats: "188****8888", notice: "phone_masked"),
        Row(own: "12345", weChats: nil, notice: "phone_masked"),
        Row(own: "01012345678", weChats: nil, notice: "phone_masked"),
        Row(own: "12012345678", weChats: nil, notice: "phone_masked"),
        Row(own: "1767041675a", weChats: nil, notice: "phone_masked"),
        Row(own: "１７６７０４１６７５４", weChats: nil, notice: "phone_masked"),
        Row(own: "unknown", weChats: "17670416754", notice: "phone_masked"),
        Row(own: "+0123456789", weChats: nil, notice: "phone_masked"),
        // Two places that agree.
        Row(own: "17670416754", weChats: "17670416754", number: "+8617670416754"),
        Row(own: "+8617670416754", weChats: "17670416754", number: "+8617670416754"),
        Row(own: "17670416754", weChats: "176****6754", number: "+8617670416754"),
        Row(own: "176xxxx6754", weChats: "17670416754", number: "+8617670416754"),
        Row(own: "+86176XXXX6754", weChats: "17670416754", number: "+8617670416754"),
        Row(own: "86176••••6754", weChats: "17670416754", number: "+8617670416754"),
        Row(own: "17670416754", weChats: "unknown", number: "+8617670416754"),
        // Two places that disagree.
        Row(own: "188xxxx8888", weChats: "17670416754", notice: "phone_conflict"),
        Row(own: "18812348888", weChats: "17670416754", notice: "phone_conflict"),
        Row(own: "17670416754", weChats: "188****8888", notice: "phone_conflict"),
        Row(own: "176xxx6754", weChats: "17670416754", notice: "phone_conflict"),
        Row(own: "+176xxxx6754", weChats: "17670416754", notice: "phone_conflict"),
        Row(own: "x", weChats: "17670416754", notice: "phone_conflict"),
        // With a separate country code.
        Row(own: "17670416754", weChats: nil, countryCode: "+86", number: "+8617670416754"),
        Row(own: "5551234567", weChats: nil, countryCode: "+1", number: "+15551234567"),
        Row(own: "5551234567", weChats: nil, countryCode: 1, number: "+15551234567"),
        Row(own: "13912345678", weChats: nil, countryCode: "1", number: "+113912345678"),
        Row(own: "+15551234567", weChats: nil, countryCode: "1", number: "+15551234567"),
        Row(own: "17670416754", weChats: nil, countryCode: "", number: "+8617670416754"),
        Row(own: "17670416754", weChats: nil, countryCode: .null, number: "+8617670416754"),
        Row(own: "+8617670416754", weChats: nil, countryCode: "+1", notice: "phone_masked"),
        Row(own: "8617670416754", weChats: nil, countryCode: "+86", notice: "phone_masked"),
        Row(own: "07911123456", weChats: nil, countryCode: "+44", notice: "phone_masked"),
        Row(own: "17670416754", weChats: nil, countryCode: "China", notice: "phone_masked"),
        Row(own: "5551234567", weChats: nil, countryCode: "12345", notice: "phone_masked"),
    ]

    @Test("is complete and uncontradicted, or absent with a notice", arguments: rows)
    func number(row: Row) async throws {
        let profile: JSON = row.weChats.map { ["phone": $0] } ?? [:]
        let identity = try await Scenario(
            profile: profile,
            record: ["phone": row.own, "phoneCountryCode": row.countryCode]
        ).identity()
        #expect(identity.claims.phoneNumber?.value.rawValue == row.number)
        #expect(identity.notices.map(\.rawValue) == (row.notice.map { [$0] } ?? []))
    }

    @Test(
        "is verified by a literal true and nothing else",
        arguments: [
            (true, true), (false, false), (nil, nil), (.null, nil), (1, nil), ("true", nil), (0, nil),
        ] as [(JSON?, Bool?)]
    )
    func verification(flag: JSON?, expected: Bool?) async throws {
        let identity = try await Scenario(record: ["phone": "17670416754", "phoneVerified": flag]).identity()
        #expect(identity.claims.phoneNumber?.verification == expected)
    }

    @Test("is not verified if it is WeChat's", arguments: [nil, "176xxxx6754"] as [JSON?])
    func weChatsIsAsserted(own: JSON?) async throws {
        let identity = try await Scenario(
            profile: ["phone": "17670416754"],
            record: ["phone": own, "phoneVerified": true]
        ).identity()
        let contact = try #require(identity.claims.phoneNumber)
        #expect(contact.verification == nil)
    }
}
