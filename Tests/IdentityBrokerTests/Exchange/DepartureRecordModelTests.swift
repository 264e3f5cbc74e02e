import HTTPTypes
import Testing

@testable import IdentityBroker

@Suite("The record of what left, in every order of events")
struct DepartureRecordModelTests {
    private struct Letter: Hashable {
        let request: UpstreamRequest
        let bearsCredential: Bool
    }

    private enum Event: Hashable {
        case begin(Int)
        case end(Int, mayHaveLeft: Bool, answered: Bool)
        case seal
    }

    private static let letters = [
        Letter(request: .redeeming(.ticket("abc")), bearsCredential: true),
        Letter(request: UpstreamRequest(method: .get, url: .example("abc")), bearsCredential: true),
        Letter(request: .keys("one"), bearsCredential: false),
        Letter(request: .keys("two"), bearsCredential: false),
    ]

    private static let events: [Event] =
        letters.indices.flatMap { letter in
            [
                .begin(letter),
                .end(letter, mayHaveLeft: false, answered: false),
                .end(letter, mayHaveLeft: true, answered: false),
                .end(letter, mayHaveLeft: true, answered: true),
            ]
        } + [.seal]

    /// The events so far as a plain history: every question is answered by reading it again.
    private struct History {
        var accepted: [Event] = []

        var isSealed: Bool { accepted.contains(.seal) }

        func ends(of letter: Int) -> [Event] {
            accepted.filter { if case .end(letter, _, _) = $0 { true } else { false } }
        }

        func isUnderWay(_ letter: Int) -> Bool {
            accepted.count { $0 == .begin(letter) } > ends(of: letter).count
        }

        func mayHaveLeft(_ letter: Int) -> Bool {
            isUnderWay(letter)
                || accepted.contains { $0 == .end(letter, mayHaveLeft: true, answered: true) }
                || accepted.contains { $0 == .end(letter, mayHaveLeft: true, answered: false) }
        }

        func refusal(of letter: Int) -> DepartureRecord.Refusal? {
            if isSealed { return .sealed }
            if mayHaveLeft(letter) { return .repeated }
            let rivals = letters.indices.filter { letters[$0].bearsCredential && mayHaveLeft($0) }
            return letters[letter].bearsCredential && !rivals.isEmpty ? .credentialHasLeft : nil
        }

        var departure: Departure {
            let left = letters.indices.filter(mayHaveLeft)
            let open = letters.indices.filter { letter in
                isUnderWay(letter) || accepted.contains { $0 == .end(letter, mayHaveLeft: true, answered: false) }
            }
            return left.isEmpty ? .nothingLeft : open.isEmpty ? .answered : .unanswered
        }
    }

    @Test("keeps its rules in every sequence of five events that can happen")
    func sequences() {
        var broken: [[Event]] = []
        var visited = 0
        func walk(_ record: DepartureRecord, _ history: History) {
            guard history.accepted.count < 5 else { return }
            for event in Self.events {
                var (record, history) = (record, history)
                guard Self.take(event, in: &record, and: &history) else { continue }
                visited += 1
                guard history.accepted.last == event else { broken.append(history.accepted + [event]); continue }
                walk(record, history)
            }
        }
        walk(DepartureRecord(), History())
        #expect(broken.isEmpty)
        #expect(visited > 1_000)
    }

    /// Applies an event to both, and records it in the history if they agree on the result.
    ///
    /// - Returns: Whether the event changes anything.
    private static func take(_ event: Event, in record: inout DepartureRecord, and history: inout History) -> Bool {
        var expectsChange = true
        switch event {
        case .begin(let letter):
            let refusal = history.refusal(of: letter)
            expectsChange = refusal == nil
            guard record.begin(letters[letter].request, bearsCredential: letters[letter].bearsCredential) == refusal
            else {
                return true
            }
        case .end(let letter, let mayHaveLeft, let answered):
            expectsChange = history.isUnderWay(letter)
            record.end(letters[letter].request, mayHaveLeft: mayHaveLeft, answered: answered)
        case .seal:
            record.seal()
        }
        let before = history
        if expectsChange { history.accepted.append(event) }
        let agrees =
            record.departure == history.departure
            && record.isIdle == !letters.indices.contains(where: history.isUnderWay)
        if !agrees { history = before }
        return expectsChange || !agrees
    }
}
