import Foundation
import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("Batched reservations")
struct ReservationBatchTests {
    /// The time and the expiry of one of several callers.
    struct Caller: Sendable, CustomTestStringConvertible {
        let now: Double
        let expiry: Double

        var testDescription: String { "\(Int(now))…\(Int(expiry))" }

        static let all = [0.0, 1, 2].flatMap { now in [1.0, 2, 9].map { Caller(now: now, expiry: $0) } }
    }

    /// Answers as the store's table would: one caller holds a credential.
    private struct Table {
        var expiry: Date?

        mutating func reserve(_ request: ReservationRequest) -> Bool {
            guard expiry == nil else { return false }
            expiry = request.reservation.expiry
            return true
        }
    }

    /// Sends batches until no caller waits, and returns each caller's answer.
    private func answers(to callers: [Caller], heldUntil expiry: Double?) -> [Bool] {
        let boxes = callers.map { _ in Locked<Bool?>(nil) }
        var line = WaitingLine()
        for (caller, box) in zip(callers, boxes) {
            line.add(.reserving(.example(until: caller.expiry), at: .at(caller.now), answer: box))
        }
        var table = Table(expiry: expiry.map(Date.at))
        while case .reserve(let batch)? = line.next()?.work {
            let granted = batch.claimants.filter { table.reserve($0) }.map(\.reservation.key)
            batch.tell(granted: Set(granted))
        }
        return boxes.compactMap { box in box.withLock { $0 } }
    }

    /// Whether the table would give the same answers to callers that it serves one after the other, in some order.
    private func isPossible(_ answers: [Bool], for callers: [Caller], heldUntil expiry: Double?) -> Bool {
        permutations(of: Array(callers.indices)).contains { order in
            var table = Table(expiry: expiry.map(Date.at))
            return order.allSatisfy { index in
                let caller = callers[index]
                let request = ReservationRequest(
                    reservation: .example(until: caller.expiry), now: .at(caller.now))
                return table.reserve(request) == answers[index]
            }
        }
    }

    private func permutations(of elements: [Int]) -> [[Int]] {
        guard !elements.isEmpty else { return [[]] }
        return elements.flatMap { first in
            permutations(of: elements.filter { $0 != first }).map { [first] + $0 }
        }
    }

    @Test(
        "answer each caller as if they were executed one by one, in some order",
        arguments: Caller.all, [nil, 1.0]
    )
    func linearity(first: Caller, heldUntil expiry: Double?) {
        for second in Caller.all {
            for third in Caller.all {
                let callers = [first, second, third]
                let answers = answers(to: callers, heldUntil: expiry)
                #expect(answers.count == 3 && isPossible(answers, for: callers, heldUntil: expiry), "\(callers)")
            }
        }
    }

    @Test("ask the server once for a credential, however many callers want it")
    func crowd() throws {
        let boxes = (0..<100).map { _ in Locked<Bool?>(nil) }
        var batch = ReservationBatch()
        for (number, box) in boxes.enumerated() {
            batch.add(
                ReservationRequest(reservation: .example(until: 1_000), now: .at(Double(number % 7)))
            ) { result in
                box.withLock { $0 = try? result.get() }
            }
        }
        #expect(batch.claimants.count == 1)
        batch.tell(granted: [try #require(batch.claimants.first).reservation.key])
        #expect(boxes.compactMap { box in box.withLock { $0 } }.filter { $0 }.count == 1)
    }
}
