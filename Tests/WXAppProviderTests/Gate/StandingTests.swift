import IdentityBroker
import Testing

@Suite("Standing")
struct StandingTests {
    static let flags = ["blocked", "isDeleted"]

    @Test("is good if a flag says no", arguments: flags, [false, 0, "false", "0"] as [JSON])
    func flagNotSet(flag: String, value: JSON) async throws {
        _ = try await Scenario(record: [flag: value]).identity()
    }

    @Test("is bad if a flag says yes", arguments: flags, [true, 1, "true", "1"] as [JSON])
    func flagSet(flag: String, value: JSON) async throws {
        let failure = try await Scenario(record: [flag: value]).failure()
        #expect(failure?.kind == .accessDenied)
        #expect(failure?.message.contains(flag == "blocked" ? "blocked" : "deleted") == true)
        #expect(failure?.credential == .spent)
    }

    @Test(
        "is bad if a flag has an unknown value",
        arguments: flags,
        [.null, 2, -1, 0.5, "", "no", "TRUE", "yes", [], [true], [:]] as [JSON]
    )
    func flagUnrecognized(flag: String, value: JSON) async throws {
        #expect(try await Scenario(record: [flag: value]).failure()?.kind == .accessDenied)
    }

    @Test("is good with an active status", arguments: [("status", "Activated"), ("workStatus", "Active")])
    func activeStatus(member: String, word: String) async throws {
        _ = try await Scenario(record: [member: .string(word)]).identity()
    }

    @Test(
        "is bad with any other status",
        arguments: [
            ("status", "Suspended"), ("status", "Resigned"), ("status", "Archived"), ("status", "Deactivated"),
            ("status", "suspended"), ("status", "Unheard"), ("status", 1), ("status", .null), ("status", ""),
            ("workStatus", "Closed"), ("workStatus", "Unheard"), ("workStatus", true),
        ] as [(String, JSON)]
    )
    func otherStatus(member: String, word: JSON) async throws {
        #expect(try await Scenario(record: [member: word]).failure()?.kind == .accessDenied)
    }

    @Test("is bad as soon as one flag of several is")
    func together() async throws {
        let failure = try await Scenario(record: ["blocked": false, "isDeleted": 0, "status": "Archived"]).failure()
        #expect(failure?.kind == .accessDenied)
    }
}
