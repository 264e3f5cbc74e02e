import IdentityBroker
import Testing
import broker_probe

@Suite("Processes that race on one storage")
struct RaceTests {
    @Test(
        "win each credential once in total, on an empty storage that they open at the same moment",
        .timeLimit(.minutes(15)), arguments: processStores, [2, 10])
    func credentials(_ fixture: any ProcessStoreFixture, processes: Int) async throws {
        try await fixture.withStorage { choice in
            let race = CredentialRace(credentials: 100, callers: 5)
            let jobs = Array(repeating: ProbeJob(store: choice, task: .race(race)), count: processes)
            let transcripts = try await HeldStartLine.run(jobs)
            #expect(transcripts.count == processes)
            #expect(transcripts.flatMap(\.won).sorted() == Array(0..<100))
            let latecomer = try await ProbeProcess.run(jobs[0])
            #expect(latecomer == [.ready])
        }
    }

    @Test(
        "consume each record once in total, whatever the order of their operations, and none fails",
        .timeLimit(.minutes(15)), arguments: processStores, [1, 100])
    func records(_ fixture: any ProcessStoreFixture, records: Int) async throws {
        try await fixture.withStorage { choice in
            // A thousand callers for one record, or twelve for each of a hundred.
            let race = RecordRace(records: records, callers: max(3, 250 / records))
            let store = try choice.open()
            try await race.prepare(store)
            try await store.close()
            let jobs = Array(repeating: ProbeJob(store: choice, task: .consumption(race)), count: 4)
            let transcripts = try await HeldStartLine.run(jobs)
            #expect(transcripts.flatMap(\.won).sorted() == Array(0..<records))
        }
    }

    @Test(
        "send each ticket once in total, and sign each user in once",
        .timeLimit(.minutes(15)), arguments: processStores)
    func logins(_ fixture: any ProcessStoreFixture) async throws {
        try await fixture.withStorage { choice in
            try await TicketOffice.open { office in
                let tickets = (0..<200).map { "ticket-\($0)" }
                let jobs = (0..<3).map { shift in
                    let shifted = tickets[(shift * 67)...] + tickets[..<(shift * 67)]
                    return ProbeJob(store: choice, task: .logins(office.logins(Array(shifted), concurrency: 32)))
                }
                let answers = try await HeldStartLine.run(jobs).flatMap(\.answers)
                #expect(answers.count == 3 * tickets.count)
                #expect(answers.compactMap(\.subject).sorted() == tickets.map(TicketOffice.subject).sorted())
                #expect(Set(answers.compactMap(\.failure)) == ["credential_already_used"])
                #expect(office.presentations == Dictionary(uniqueKeysWithValues: tickets.map { ($0, 1) }))
                let events = try await choice.open().newestEvents(1_000)
                #expect(events.count == answers.count)
                #expect(answers.allSatisfy { answer in events.contains { answer.isRecorded(by: $0) } })
            }
        }
    }
}
