import BrokerTesting
import Foundation
import GRDB
import IdentityBroker
import Testing

@testable import BrokerSQLite

@Suite("An audit event in SQLite")
struct AuditEventTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.database)
    }

    @Test("is returned as written, whatever it lacks")
    func everyField() async throws {
        let sparse = AuditEvent(
            login: UUID(),
            began: Date(),
            duration: .nanoseconds(1),
            provider: "",
            providerType: nil,
            credentialKind: "",
            issuer: nil,
            subject: nil,
            failure: nil,
            credential: "",
            upstreamCode: nil,
            notices: []
        )
        let events = [AuditEvent.example(began: Date(), duration: .seconds(86_400)), sparse]
        try await store.append(events[0])
        try await store.append(events[1])
        #expect(try await store.newestEvents(2) == events)
    }

    @Test(
        "is returned byte for byte",
        arguments: [
            "a\u{0}b", "\u{0}", "e\u{301}", "\u{e9}", "名前", "\u{1f468}\u{200d}\u{1f469}", "\u{202e}", "\u{feff}a",
            "'; DROP TABLE audit_event; --", "\"\\/\n\r\t\u{1}\u{7f}\u{2028}", "\u{fffd}\u{10ffff}",
        ])
    func text(_ text: String) async throws {
        try await store.append(.example(text, subject: text, notices: [text, ""]))
        let event = try #require(try await store.newestEvents(1).first)
        #expect(Array(event.provider.utf8) == Array(text.utf8))
        #expect(event.subject.map { Array($0.utf8) } == Array(text.utf8))
        #expect(event.notices.map { Array($0.utf8) } == [Array(text.utf8), []])
    }

    @Test("is one of the newest, in the order of writing, whatever its clock said")
    func order() async throws {
        for number in 0..<5 {
            try await store.append(.example("\(number)", began: .at(Double(-number))))
        }
        #expect(try await store.newestEvents(3).map(\.provider) == ["2", "3", "4"])
        #expect(try await store.newestEvents(.max).map(\.provider) == ["0", "1", "2", "3", "4"])
        #expect(try await store.newestEvents(0).isEmpty)
        #expect(try await store.newestEvents(-1).isEmpty)
    }

    @Test("is found among more events than fit into one batch")
    func pages() async throws {
        try await withThrowingTaskGroup { group in
            for number in 0..<2_100 {
                group.addTask { [store] in try await store.append(.example("\(number)")) }
            }
            try await group.waitForAll()
        }
        let all = try await store.newestEvents(5_000)
        #expect(Set(all.map(\.provider)).count == 2_100)
        #expect(try await store.newestEvents(1_500) == all.suffix(1_500))
        #expect(try await store.newestEvents(2_000) == all.suffix(2_000))
    }

    @Test("is never changed")
    func appendOnly() async throws {
        try await store.append(.example())
        await #expect(throws: DatabaseError.self) {
            try await store.execute("UPDATE audit_event SET subject = 'somebody else'")
        }
        #expect(try await store.newestEvents(1).first?.subject == AuditEvent.example().subject)
    }

    @Test("can be read by an operator")
    func columns() async throws {
        let event = AuditEvent.example(began: .at(0.25), notices: ["name_cleaned"])
        try await store.append(event)
        let row = try store.connection.read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT id, login, began, began_at, duration, provider, provider_type, credential_kind, issuer,
                        subject, failure, credential, upstream_code, notices,
                        json_extract(notices, '$[0]') AS first_notice
                    FROM audit_event WHERE provider = 'wxapp' AND began_at LIKE '2026-01-02%'
                    """)
        }
        let expected: Row = [
            "id": 1,
            "login": event.login.uuidString,
            "began": 1_767_323_045_250_000_000,
            "began_at": "2026-01-02T03:04:05.250Z",
            "duration": 5_000_000,
            "provider": "wxapp",
            "provider_type": "wxapp-type",
            "credential_kind": "ticket",
            "issuer": "https://core.genauth.cn/pool",
            "subject": "5e5754ca4967cf6a3ff4e7cb",
            "failure": "access_denied",
            "credential": "spent",
            "upstream_code": "2005",
            "notices": #"["name_cleaned"]"#,
            "first_notice": "name_cleaned",
        ]
        #expect(row == expected)
    }

    @Test("keeps its number, even if everything before and after it is removed")
    func numbers() async throws {
        try await store.append(.example())
        try await store.append(.example())
        #expect(try await store.purge(at: .distantFuture, atMost: 10) == 2)
        try await store.append(.example())
        #expect(try await store.number("SELECT id FROM audit_event") == 3)
    }

    @Test("of more than a mebibyte is refused, alone, and with it the verdict")
    func tooLong() async throws {
        let reservation = OneTimeReservation.example()
        #expect(try await store.reserve(reservation, at: .at(0)))
        let event = AuditEvent.example(subject: String(repeating: "x", count: 1024 * 1024))
        let failure = await store.failure { store throws(StoreFailure) in
            try await store.conclude(reservation, as: .released, recording: event)
        }
        #expect(failure?.mayHaveHappened == false)
        #expect(try await store.reserve(.example(), at: .at(0)) == false)
        try await store.append(.example(subject: String(repeating: "x", count: 1024 * 1024 - 200)))
        #expect(try await store.newestEvents(10).count == 1)
    }

    @Test(
        "that someone else wrote is reported, not guessed at, and blocks no one",
        arguments: ["login = 'nobody'", "began = 'now'", "duration = 'long'", "notices = '{'"])
    func foreign(_ change: String) async throws {
        try await store.append(.example())
        try await store.execute("DROP TRIGGER audit_event_is_append_only; UPDATE audit_event SET \(change)")
        let failure = await store.failure { store throws(StoreFailure) in try await store.newestEvents(1) }
        #expect(failure?.message.contains("audit event 1 ") == true)
        try await store.append(.example("next"))
        #expect(try await store.newestEvents(1).map(\.provider) == ["next"])
    }
}
