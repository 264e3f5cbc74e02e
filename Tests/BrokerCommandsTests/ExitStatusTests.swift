import IdentityBroker
import Testing

@testable import BrokerCommands

@Suite("The exit status")
struct ExitStatusTests {
    static let table: [(String, Int32)] = [
        ("invalid_credential", 65), ("credential_expired", 65), ("credential_already_used", 65),
        ("upstream_unavailable", 69), ("upstream_misbehaved", 69), ("timed_out", 69),
        ("internal_error", 70),
        ("rate_limited", 75), ("unavailable", 75),
        ("access_denied", 77), ("cancelled_by_user", 77), ("interaction_required", 77), ("provider_disabled", 77),
        ("misconfigured", 78), ("unknown_provider", 78),
        ("cancelled", 130),
    ]

    @Test("distinguishes the kinds", arguments: table)
    func status(_ kind: String, _ status: Int32) throws {
        let kind = try #require(BrokerError.Kind.allKinds.first { $0.rawValue == kind })
        #expect(ExitStatus(kind).rawValue == status)
    }

    @Test("is defined for every kind")
    func coverage() {
        #expect(Set(BrokerError.Kind.allKinds.map(\.rawValue)) == Set(Self.table.map(\.0)))
    }
}
