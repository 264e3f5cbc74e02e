import BrokerTesting
import Foundation
import IdentityBroker
import Testing
import broker_probe

@Suite("A process that is killed in the middle of everything")
struct KilledProcessTests {
    private static let alreadyUsed = "credential_already_used"

    @Test(
        "has recorded every login that it answered, and no ticket is ever sent twice",
        .timeLimit(.minutes(15)), arguments: processStores, UInt64(1)...4)
    func logins(_ fixture: any ProcessStoreFixture, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        try await fixture.withStorage { choice in
            try await TicketOffice.open { office in
                for round in 0..<4 {
                    let tickets = (0..<60).map { "ticket-\(round)-\($0)" }
                    let concurrency = Int.random(in: 2...16, using: &generator)
                    let last = Int.random(in: 1...40, using: &generator)
                    let logins = office.logins(
                        tickets, concurrency: concurrency, leadToAccounts: seed.isMultiple(of: 2))
                    let job = ProbeJob(store: choice, task: .logins(logins))
                    let told = try await ProbeProcess.runToKill(job, afterResults: last)
                    try await checkRecord(of: told.answers, in: choice.open())
                    try await checkSecondRun(of: job, at: office)
                }
            }
        }
    }

    @Test(
        "keeps what it won",
        .timeLimit(.minutes(15)), arguments: processStores, UInt64(1)...4)
    func credentials(_ fixture: any ProcessStoreFixture, seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let last = Int.random(in: 1...150, using: &generator)
        try await fixture.withStorage { choice in
            let job = ProbeJob(store: choice, task: .race(CredentialRace(credentials: 200, callers: 3)))
            let told = try await ProbeProcess.runToKill(job, afterResults: last)
            let again = try await ProbeProcess.run(job)
            #expect(told.won.count == Set(told.won).count)
            #expect(again.won.count == Set(again.won).count)
            #expect(Set(told.won).isDisjoint(with: again.won))
        }
    }

    /// Each answered login is recorded as it was answered, and no ticket signed in twice.
    private func checkRecord(of answers: [LoginAnswer], in store: any BrokerStore) async throws {
        let events = try await store.newestEvents(10_000)
        let unrecorded = answers.filter { answer in !events.contains { answer.isRecorded(by: $0) } }
        #expect(unrecorded == [])
        #expect(answers.compactMap(\.failure) == [])
        let subjects = events.compactMap(\.subject)
        #expect(subjects.count == Set(subjects).count)
        for answer in answers {
            guard let subject = answer.subject, let account = answer.account.flatMap(AccountID.init(_:)) else {
                continue
            }
            #expect(try await store.account(account)?.identities.map(\.key.subject) == [subject])
            var record = LoginBatch.record(of: answer.login, with: answer.ticket)
            record.owners = [.account(account)]
            #expect(try await store.record(record.key, at: .now) == record)
        }
    }

    /// Presents the same tickets from another process: those that reached the upstream must not reach it again, the
    /// others once.
    private func checkSecondRun(of job: ProbeJob, at office: TicketOffice) async throws {
        let presented = office.presentations
        let answers = try await ProbeProcess.run(job).answers
        #expect(answers.count == 60)
        let presentedAgain = answers.filter { presented[$0.ticket] != nil && $0.failure != Self.alreadyUsed }
        #expect(presentedAgain == [])
        #expect(Set(answers.compactMap(\.failure)).isSubset(of: [Self.alreadyUsed]))
        #expect(office.presentations.values.allSatisfy { $0 == 1 })
    }
}
