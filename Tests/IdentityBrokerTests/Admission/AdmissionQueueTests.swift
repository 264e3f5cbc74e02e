import Testing

@testable import IdentityBroker

@Suite("The queue of a provider")
struct AdmissionQueueTests {
    @Test("admits up to its room, lets as many wait, and refuses the rest")
    func bounds() {
        var queue = AdmissionQueue(room: 2, waitingRoom: 1)
        #expect([1, 2, 3, 4].map { queue.enter($0) } == [.admitted, .admitted, .waiting, .refused])
        #expect((queue.admittedCount, queue.waitingCount) == (2, 1))
    }

    @Test("admits in order of arrival, except those who gave up")
    func order() {
        var queue = AdmissionQueue(room: 1, waitingRoom: 3)
        for number: UInt64 in 1...4 { _ = queue.enter(number) }
        #expect(queue.abandon(2) == true)
        #expect(queue.leave() == 3)
        #expect(queue.leave() == 4)
        #expect(queue.leave() == nil)
        #expect((queue.admittedCount, queue.waitingCount) == (0, 0))
    }

    @Test("does not consider admitted or unknown logins waiting")
    func abandoning() {
        var queue = AdmissionQueue(room: 1, waitingRoom: 1)
        _ = queue.enter(1)
        _ = queue.enter(2)
        #expect(queue.leave() == 2)
        #expect(queue.abandon(2) == false)
        #expect(queue.abandon(9) == false)
    }

    @Test("lets no one wait if there is no room at all", arguments: [0, -1])
    func closed(_ room: Int) {
        var queue = AdmissionQueue(room: room, waitingRoom: 10)
        #expect(queue.enter(1) == .refused)
    }

    @Test("admits those for whom there is room after a change, and evicts no one")
    func resizing() {
        var queue = AdmissionQueue(room: 1, waitingRoom: 5)
        for number: UInt64 in 1...5 { _ = queue.enter(number) }
        #expect(queue.resize(room: 3, waitingRoom: 5) == [2, 3])
        #expect(queue.resize(room: 1, waitingRoom: 5) == [])
        #expect(queue.leave() == nil)
        #expect(queue.leave() == nil)
        #expect(queue.leave() == 4)
    }

    @Test("forgets those who gave up, however many they are")
    func memory() {
        var queue = AdmissionQueue(room: 1, waitingRoom: 10)
        _ = queue.enter(0)
        for number: UInt64 in 1...100_000 {
            #expect(queue.enter(number) == .waiting)
            #expect(queue.abandon(number) == true)
        }
        #expect(queue.enter(200_000) == .waiting)
        #expect(queue.leave() == 200_000)
    }

    /// What can happen to a queue of room 2 and waiting room 2.
    private enum Event: CaseIterable {
        case enter, leave, abandonFirst, abandonLast
    }

    @Test("agrees with a plain list in every sequence of eight events")
    func model() {
        var sequences: [[Event]] = [[]]
        for _ in 0..<8 { sequences = sequences.flatMap { head in Event.allCases.map { head + [$0] } } }
        for sequence in sequences {
            if let difference = difference(after: sequence) {
                Issue.record("\(sequence): \(difference)")
                return
            }
        }
    }

    private func difference(after events: [Event]) -> String? {
        var queue = AdmissionQueue(room: 2, waitingRoom: 2)
        var (admitted, waiting, last): (Int, [UInt64], UInt64) = (0, [], 0)
        for event in events {
            switch event {
            case .enter:
                last += 1
                let answer = queue.enter(last)
                let expected: AdmissionQueue.Answer =
                    admitted < 2 ? .admitted : waiting.count < 2 ? .waiting : .refused
                if answer != expected { return "\(answer) instead of \(expected)" }
                if answer == .admitted { admitted += 1 }
                if answer == .waiting { waiting.append(last) }
            case .leave:
                guard admitted > 0 else { continue }
                let next = queue.leave()
                if next != waiting.first { return "\(String(describing: next)) was called in" }
                if waiting.isEmpty { admitted -= 1 } else { waiting.removeFirst() }
            case .abandonFirst, .abandonLast:
                guard let number = event == .abandonFirst ? waiting.first : waiting.last else { continue }
                if !queue.abandon(number) { return "\(number) was not found" }
                waiting.removeAll { $0 == number }
            }
            if (queue.admittedCount, queue.waitingCount) != (admitted, waiting.count) { return "the counts differ" }
        }
        return nil
    }
}
