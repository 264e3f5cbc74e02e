import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import NIOConcurrencyHelpers
import Testing
import broker_probe

@Suite("A process that is killed in the middle of a login")
struct KilledLoginTests {
    @Test(
        "prevents its ticket from being sent again",
        .timeLimit(.minutes(15)), arguments: processStores, KillMoment.allCases)
    func login(_ fixture: any ProcessStoreFixture, at moment: KillMoment) async throws {
        try await kill(at: moment, on: fixture, leadingToAccounts: false)
    }

    @Test(
        "leaves both an account and the event, or neither",
        .timeLimit(.minutes(15)), arguments: processStores, KillMoment.allCases)
    func signIn(_ fixture: any ProcessStoreFixture, at moment: KillMoment) async throws {
        try await kill(at: moment, on: fixture, leadingToAccounts: true)
    }

    private func kill(
        at moment: KillMoment,
        on fixture: any ProcessStoreFixture,
        leadingToAccounts: Bool
    ) async throws {
        let counter = Turnstile()
        if moment != .atUpstream { counter.open() }
        try await fixture.withStorage { choice in
            try await TicketOffice.open(answeringAt: counter) { office in
                let logins = office.logins(["ticket"], leadToAccounts: leadingToAccounts)
                var doomed = logins
                doomed.stop = moment.step
                let told = try await ProbeProcess.kill(ProbeJob(store: choice, task: .logins(doomed))) { transcript in
                    guard let step = moment.step else {
                        try await office.upstream.waitForRequests(1)
                        return
                    }
                    try await transcript.wait { $0.contains(.stopped(step)) ? () : nil }
                }
                counter.open()
                #expect(office.presentations["ticket", default: 0] == moment.presentations)
                #expect(told.answers.count == (moment == .afterReport ? 1 : 0))

                let store = try choice.open()
                let events = try await store.newestEvents(10)
                #expect(events.count == moment.events)
                #expect(told.answers.allSatisfy { answer in events.contains { answer.isRecorded(by: $0) } })
                if leadingToAccounts { try await checkAccount(of: events, in: store) }

                let here = NIOLockedValueBox<[ProbeLine]>([])
                try await logins.run(on: store) { line in here.withLockedValue { $0.append(line) } }
                let there = try await ProbeProcess.run(ProbeJob(store: choice, task: .logins(logins)))
                let failures = (here.withLockedValue { $0 }.answers + there.answers).map(\.failure)
                let used = "credential_already_used"
                #expect(failures == (moment.isReserved ? [used, used] : [nil, used]))
                #expect(office.presentations["ticket", default: 0] == (moment.isReserved ? moment.presentations : 1))
            }
        }
    }

    /// If the login is recorded, its account and its grant exist; otherwise there is no account.
    private func checkAccount(of events: [AuditEvent], in store: any BrokerStore) async throws {
        let signIn = SignIn(
            key: IdentityKey(
                issuer: try #require(Issuer("https://tickets.example")), subject: TicketOffice.subject(of: "ticket")),
            provider: "ticket",
            alternateIdentifiers: [],
            claims: "{}",
            time: .now,
            newAccount: AccountID(UUID())
        )
        let event = AuditEvent(
            login: UUID(),
            began: .now,
            duration: .zero,
            provider: "ticket",
            providerType: nil,
            credentialKind: "ticket",
            issuer: nil,
            subject: nil,
            failure: nil,
            credential: "unused",
            upstreamCode: nil,
            notices: []
        )
        let account = try await store.signIn(signIn, spending: nil, recording: event)
        #expect((account == signIn.newAccount) == events.isEmpty)
        for event in events {
            let key = LoginBatch.record(of: event.login, with: "").key
            #expect(try await store.record(key, at: .now)?.owners == [.account(account)])
        }
    }
}
