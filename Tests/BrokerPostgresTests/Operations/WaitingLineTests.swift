import Foundation
import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("The queue for connections")
struct WaitingLineTests {
    private func line(_ operations: [PendingOperation]) -> WaitingLine {
        var line = WaitingLine()
        operations.forEach { line.add($0) }
        return line
    }

    private func sizes(of operations: [PendingOperation]) -> [Int] {
        var line = line(operations)
        var sizes: [Int] = []
        while let batch = line.next() { sizes.append(batch.operations.count) }
        return sizes
    }

    @Test("is served from the front, with similar operations batched")
    func lanes() throws {
        let operations: [PendingOperation] = [
            .reserving(.example(1)), try .recording(), .reserving(.example(2)), .asking(), try .recording(), .asking(),
            try .transacting(), try .transacting(),
        ]
        #expect(sizes(of: operations) == [2, 2, 1, 1, 1, 1])
    }

    @Test("never puts two verdicts on one credential into a transaction, and keeps their order")
    func verdicts() throws {
        let reservation = OneTimeReservation.example()
        var line = line([
            try .recording(of: reservation, as: .spent), try .recording(of: reservation, as: .released),
            try .recording(of: .example(1)),
        ])
        guard case .conclude(let first)? = line.next()?.work, case .conclude(let second)? = line.next()?.work else {
            Issue.record("records were taken for something else")
            return
        }
        #expect(first.entries.compactMap { $0.conclusion.settlement?.outcome } == [.spent, .spent])
        #expect(second.entries.compactMap { $0.conclusion.settlement?.outcome } == [.released])
    }

    @Test("batches sign-ins with other records, but never two of one identity")
    func signIns() throws {
        let operations: [PendingOperation] = [
            try .recording(), try .signingIn(.example("one")), .reserving(.example()), try .signingIn(.example("two")),
            try .signingIn(.example("one")), try .signingIn(.example("two")), try .signingIn(.example("one")),
        ]
        #expect(sizes(of: operations) == [3, 1, 2, 1])
    }

    @Test("gives each sign-in its own account, and leaves conflicting ones to the next batch")
    func answers() throws {
        let boxes = (0..<3).map { _ in Locked<AccountID?>(nil) }
        let reservation = OneTimeReservation.example()
        var line = line([
            try .signingIn(.example("one"), of: reservation, answer: boxes[0]),
            // Its credential is taken, so its identity must stay free.
            try .signingIn(.example("two"), of: reservation, answer: boxes[1]),
            try .signingIn(.example("two"), answer: boxes[2]),
        ])
        let accounts = (0..<2).map { _ in AccountID(UUID()) }
        guard case .conclude(let batch)? = line.next()?.work else {
            Issue.record("sign-ins were taken for something else")
            return
        }
        #expect(batch.signIns.map(\.key.subject) == ["one", "two"])
        #expect(batch.entries.compactMap(\.conclusion.settlement).count == 1)
        batch.tell(accounts.map { .done(account: $0) })
        #expect(boxes.map { box in box.withLock { $0 } } == [accounts[0], nil, accounts[1]])
        #expect(line.count == 1)
    }

    @Test("never puts two sign-ins with the same record into a transaction")
    func signInRecords() throws {
        let record = StoredRecord.fresh()
        let operations: [PendingOperation] = [
            try .signingIn(.example("one", putting: [record])), try .signingIn(.example("two", putting: [record])),
            try .signingIn(.example("three", putting: [.fresh()])), try .signingIn(.example("two")),
        ]
        // The second one's identity stays free.
        #expect(sizes(of: operations) == [3, 1])
    }

    @Test("limits a transaction by operations and by bytes")
    func bounds() throws {
        let many = try (0..<1_201).map { _ in try PendingOperation.recording() }
        #expect(sizes(of: many) == [500, 500, 201])
        let large = try (0..<5).map { _ in
            try PendingOperation.recording(.example(String(repeating: "x", count: 50 * 1024)))
        }
        #expect(sizes(of: large) == [3, 2])
        let claims = String(repeating: "x", count: 400 * 1024)
        let people = try (0..<5).map { try PendingOperation.signingIn(.example("person-\($0)", claims: claims)) }
        #expect(sizes(of: people) == [3, 2])
    }

    @Test("gives up exactly those who came before a given time")
    func overdue() {
        let now = ContinuousClock.now
        var line = line((0..<5).map { .reserving(.example(UInt8($0)), submitted: now + .seconds($0)) })
        #expect(line.removeAll(submittedBefore: now).count == 0)
        #expect(line.removeAll(submittedBefore: now + .seconds(2)).count == 2)
        #expect(line.count == 3)
        #expect(line.removeAll().count == 3)
        #expect(line.count == 0)
    }
}
