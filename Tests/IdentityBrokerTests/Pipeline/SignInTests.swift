import BrokerTesting
import Foundation
import Testing

@testable import IdentityBroker

@Suite("A login that leads to an account", .timeLimit(.minutes(15)))
struct SignInTests {
    private let record = StoredRecord.example(until: nil)

    private func signIn(
        at bench: Bench,
        with credential: Credential = .ticket("ticket-1")
    ) async throws(BrokerError) -> SignedIn {
        try await bench.broker.signIn(Bench.id, with: credential, client: "app", putting: [record])
    }

    private func refusal(at bench: Bench, with credential: Credential = .ticket("ticket-1")) async -> BrokerError? {
        do throws(BrokerError) {
            let signedIn = try await signIn(at: bench, with: credential)
            Issue.record("\(signedIn.identity.subject) was signed in")
            return nil
        } catch {
            return error
        }
    }

    private func opensNothing(at bench: Bench) async throws {
        #expect(try await bench.store.memory.record(record.key, at: .at(0)) == nil)
        let bystander = SignIn.example()
        let account = try await bench.store.memory.signIn(bystander, spending: nil, recording: .example())
        #expect(account == bystander.newAccount)
    }

    @Test("returns the identity and its account")
    func account() async throws {
        let bench = try Bench()
        let first = try await signIn(at: bench)
        #expect(first.identity.subject == "person-1")
        let account = try #require(try await bench.store.account(first.account))
        #expect(account.identities.map(\.key) == [first.identity.key])
        #expect(account.identities.map(\.provider) == [Bench.id])
        #expect(account.identities.map(\.firstLogin) == [bench.clock.date])
        #expect(account.identities.map(\.claims) == ["{}"])

        let again = try await bench.broker.signIn(Bench.id, with: .ticket("ticket-2"))
        #expect(again.account == first.account)
    }

    @Test("keeps what the upstream vouched for")
    func identity() async throws {
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            var upstream = UpstreamIdentity.person
            upstream.claims.nickname = "Jo"
            upstream.alternateIdentifiers = [AlternateIdentifier(type: "openid", scope: "app", value: "o-1")]
            return upstream
        }
        let signedIn = try await signIn(at: bench)
        let identity = try #require(try await bench.store.account(signedIn.account)?.identities.first)
        #expect(identity.claims == #"{"nickname":"Jo"}"#)
        #expect(identity.alternateIdentifiers == [AlternateIdentifier(type: "openid", scope: "app", value: "o-1")])
    }

    @Test("puts its records, if any, for the account")
    func records() async throws {
        let bench = try Bench()
        let signedIn = try await signIn(at: bench)
        var expected = record
        expected.owners = [.account(signedIn.account)]
        #expect(try await bench.store.memory.record(record.key, at: .at(0)) == expected)

        let other = try Bench()
        let account = try await other.broker.signIn(Bench.id, with: .ticket("ticket-1")).account
        let page = try await other.store.memory.records(
            .owned(by: .account(account)), after: nil, atMost: 1, at: .at(0))
        #expect(page.records.isEmpty)
    }

    @Test("keeps what the upstream verified as contacts, and nothing that it only asserts")
    func contacts() async throws {
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            var upstream = UpstreamIdentity.person
            upstream.claims.email = EmailAddress("ada@example.com").map {
                .asserted(Asserted($0), isKnownUnverified: true)
            }
            upstream.claims.phoneNumber = PhoneNumber("+12345678").map { .verified(Verified($0)) }
            return upstream
        }
        let signedIn = try await signIn(at: bench)
        let account = try await bench.store.account(signedIn.account)
        let phone = VerifiedContact(kind: .phone, value: "+12345678", identity: signedIn.identity.key)
        #expect(account?.contacts == [phone])
        #expect(try await bench.store.accounts(with: .phone, "+12345678", atMost: 9) == [signedIn.account])
        #expect(try await bench.store.accounts(with: .email, "ada@example.com", atMost: 9).isEmpty)
    }

    @Test("fails with a record whose id is taken, and says what happened to its credential")
    func takenRecord() async throws {
        let bench = try Bench()
        _ = try await bench.store.memory.commit([.put(record)], at: .at(0))
        let error = await refusal(at: bench)
        #expect(error?.kind == .unavailable && error?.credential == .spent)
        #expect(try await bench.store.memory.record(record.key, at: .at(0)) == record)
    }

    @Test("spends its credential, and is recorded once, with its client")
    func record() async throws {
        let bench = try Bench()
        _ = try await signIn(at: bench)
        #expect(bench.audit.map(\.client) == ["app"])
        #expect(bench.audit.map(\.action) == [.login])
        #expect(bench.audit.map(\.credential) == ["spent"])
        #expect(await refusal(at: bench)?.kind == .credentialAlreadyUsed)
        #expect(bench.audit.map(\.client) == ["app", "app"])
        _ = try await bench.login(.ticket("ticket-2"))
        #expect(bench.audit.last?.client == nil)
    }

    @Test("does not require a one-time credential")
    func notOneTime() async throws {
        let bench = try Bench()
        let first = try await signIn(at: bench, with: .idToken("a.b.c"))
        let again = try await bench.broker.signIn(Bench.id, with: .idToken("a.b.c"))
        #expect(first.account == again.account)
        #expect(bench.audit.count == 2)
    }

    @Test("does not count if it cannot be recorded, and its credential stays spent", arguments: [false, true])
    func unrecorded(mayHaveHappened: Bool) async throws {
        let store = ScriptedStore(
            .init(signIn: { () throws(StoreFailure) in
                throw StoreFailure("the disk is full", mayHaveHappened: mayHaveHappened)
            }))
        let bench = try Bench(store: store)
        let error = try #require(await refusal(at: bench))
        #expect(error.kind == .unavailable)
        #expect(error.credential == .spent)
        #expect(error.provider == Bench.id)
        #expect(try await bench.isHeld())
        #expect(bench.log.mentions("the disk is full"))
        try await opensNothing(at: bench)
    }

    @Test("spends its credential even if nothing was sent")
    func nothingSent() async throws {
        let bench = try Bench { _, _ in .person }
        _ = try await signIn(at: bench)
        #expect(bench.audit.map(\.credential) == ["spent"])
        #expect(await refusal(at: bench)?.kind == .credentialAlreadyUsed)
    }

    @Test("opens no account and puts no record if the gate refuses it, and is recorded with its client")
    func refused() async throws {
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            var upstream = UpstreamIdentity.person
            upstream.standing = .blocked
            return upstream
        }
        #expect(await refusal(at: bench)?.kind == .accessDenied)
        #expect(bench.audit.map(\.failure) == ["access_denied"])
        #expect(bench.audit.map(\.client) == ["app"])
        try await opensNothing(at: bench)
    }

    @Test("opens no account and puts no record if nothing was sent, and leaves its credential free")
    func unsent() async throws {
        let bench = try Bench(transport: .failing(.connectionFailed, mayHaveLeft: false))
        #expect(await refusal(at: bench)?.credential == .unused)
        #expect(try await !bench.isHeld())
        #expect(bench.audit.map(\.client) == ["app"])
        try await opensNothing(at: bench)
    }

    @Test("is refused by a kill switch thrown in the meantime")
    func switchedOff() async throws {
        let gate = Gate()
        let bench = try Bench { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            await gate.passStubbornly()
            return .person
        }
        let login = Task { await refusal(at: bench) }
        try await gate.waitForArrivals()
        bench.broker.setEnabled(false, for: Bench.id)
        gate.open()
        #expect(await login.value?.kind == .providerDisabled)
        try await opensNothing(at: bench)
    }

    @Test("is concluded even if its caller gave up while it was being recorded")
    func cancelled() async throws {
        let gate = Gate()
        let bench = try Bench(store: ScriptedStore(.init(signIn: { await gate.passStubbornly() })))
        let login = Task { () throws(BrokerError) in try await signIn(at: bench) }
        try await gate.waitForArrivals()
        login.cancel()
        gate.open()
        let account = try await login.value.account
        #expect(try await bench.store.account(account) != nil)
        #expect(try await bench.store.memory.record(record.key, at: .at(0))?.owners == [.account(account)])
        #expect(bench.audit.map(\.failure) == [nil])
        #expect(try await bench.isHeld())
    }

    @Test("of one person many times at once leads to one account")
    func race() async throws {
        let bench = try Bench()
        let accounts = try await withThrowingTaskGroup(of: AccountID.self) { group in
            for number in 0..<32 {
                group.addTask {
                    try await bench.broker.signIn(Bench.id, with: .ticket("ticket-\(number)")).account
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(accounts.count == 1)
    }
}
