import Testing

@testable import IdentityBroker

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    private var breaker = CircuitBreaker(CircuitBreakerLimit(failures: 3, openFor: .seconds(10)))

    private func permit(_ breaker: inout CircuitBreaker, at now: Duration) throws -> CircuitBreaker.Permit {
        guard case .permitted(let permit) = breaker.enter(at: now) else { throw Refused() }
        return permit
    }

    private struct Refused: Error {}

    /// A login that is admitted and reports this about the upstream.
    private func login(_ verdict: CircuitBreaker.Verdict, at breaker: inout CircuitBreaker, _ now: Duration) throws {
        let permit = try permit(&breaker, at: now)
        breaker.settle(permit, as: verdict, at: now)
    }

    @Test("opens after as many consecutive failures as the limit says")
    func opening() throws {
        var breaker = breaker
        try login(.failing, at: &breaker, .zero)
        try login(.failing, at: &breaker, .zero)
        #expect(breaker.state == .closed(failures: 2))
        try login(.failing, at: &breaker, .seconds(1))
        #expect(breaker.state == .open(until: .seconds(11)))
        #expect(breaker.enter(at: .seconds(4)) == .refused(.seconds(7)))
    }

    @Test("forgets failures at a success, and at nothing else")
    func forgetting() throws {
        var breaker = breaker
        for verdict: CircuitBreaker.Verdict in [.failing, .failing, .healthy, .failing, .undecided, .failing] {
            try login(verdict, at: &breaker, .zero)
        }
        #expect(breaker.state == .closed(failures: 2))
    }

    @Test("lets exactly one login try after its time")
    func trial() throws {
        var breaker = try opened()
        let permit = try permit(&breaker, at: .seconds(10))
        #expect(breaker.state == .halfOpen(isTrying: true))
        #expect(breaker.enter(at: .seconds(10)) == .refused(.seconds(1)))
        breaker.settle(permit, as: .healthy, at: .seconds(11))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("opens again if the trial fails")
    func failedTrial() throws {
        var breaker = try opened()
        try login(.failing, at: &breaker, .seconds(10))
        #expect(breaker.state == .open(until: .seconds(20)))
    }

    @Test("lets the next one try if the trial shows nothing about the upstream")
    func undecidedTrial() throws {
        var breaker = try opened()
        try login(.undecided, at: &breaker, .seconds(10))
        #expect(breaker.wait(at: .seconds(10)) == nil)
        try login(.healthy, at: &breaker, .seconds(10))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("ignores logins that began before its last change")
    func stragglers() throws {
        var breaker = breaker
        let permits = try (0..<5).map { _ in try permit(&breaker, at: .zero) }
        for permit in permits.prefix(3) { breaker.settle(permit, as: .failing, at: .zero) }
        let trial = try permit(&breaker, at: .seconds(10))
        breaker.settle(permits[3], as: .healthy, at: .seconds(10))
        breaker.settle(permits[4], as: .failing, at: .seconds(10))
        #expect(breaker.state == .halfOpen(isTrying: true))
        breaker.settle(trial, as: .healthy, at: .seconds(10))
        breaker.settle(trial, as: .failing, at: .seconds(10))
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test(
        "stays open under another limit, but no longer than that allows",
        arguments: [(seconds: 2, end: 6), (seconds: 6, end: 10), (seconds: 600, end: 10)])
    func adoptingOpen(seconds: Int, end: Int) throws {
        var breaker = try opened()
        breaker.adopt(CircuitBreakerLimit(failures: 1, openFor: .seconds(seconds)), at: .seconds(4))
        #expect(breaker.state == .open(until: .seconds(end)))
        try login(.failing, at: &breaker, .seconds(10))
        #expect(breaker.state == .open(until: .seconds(10 + seconds)))
    }

    @Test("keeps counting failures, and watching its trial, under another limit")
    func adopting() throws {
        var breaker = breaker
        for _ in 0..<2 { try login(.failing, at: &breaker, .zero) }
        breaker.adopt(CircuitBreakerLimit(failures: 1, openFor: .seconds(10)), at: .zero)
        #expect(breaker.state == .closed(failures: 2))
        try login(.failing, at: &breaker, .zero)
        let trial = try permit(&breaker, at: .seconds(10))
        breaker.adopt(CircuitBreakerLimit(failures: 5, openFor: .seconds(10)), at: .seconds(10))
        #expect(breaker.settle(trial, as: .healthy, at: .seconds(10)) == .closed)
    }

    private func opened() throws -> CircuitBreaker {
        var breaker = breaker
        for _ in 0..<3 { try login(.failing, at: &breaker, .zero) }
        return breaker
    }

    /// What can happen next.
    private enum Event: CaseIterable {
        case enter, succeed, fail, say, wait
    }

    @Test(
        "never lets two logins try at once, and always admits one after its time, in any order of events")
    func everySequence() {
        var sequences: [[Event]] = [[]]
        for _ in 0..<8 { sequences = sequences.flatMap { head in Event.allCases.map { head + [$0] } } }
        for sequence in sequences {
            if let fault = fault(in: sequence) {
                Issue.record("\(sequence): \(fault)")
                return
            }
        }
    }

    private func fault(in events: [Event]) -> String? {
        var breaker = CircuitBreaker(CircuitBreakerLimit(failures: 2, openFor: .seconds(10)))
        var (now, underWay, trying): (Duration, [CircuitBreaker.Permit], Bool) = (.zero, [], false)
        for event in events {
            switch event {
            case .enter:
                let wasClosed = if case .closed = breaker.state { true } else { false }
                guard case .permitted(let permit) = breaker.enter(at: now) else { continue }
                if !wasClosed, trying { return "two try" }
                trying = !wasClosed
                underWay.append(permit)
            case .succeed, .fail, .say:
                guard !underWay.isEmpty else { continue }
                let verdict: CircuitBreaker.Verdict =
                    event == .succeed ? .healthy : event == .fail ? .failing : .undecided
                breaker.settle(underWay.removeLast(), as: verdict, at: now)
                trying = breaker.state == .halfOpen(isTrying: true)
            case .wait:
                now += .seconds(10)
            }
        }
        while let permit = underWay.popLast() { breaker.settle(permit, as: .undecided, at: now) }
        return breaker.wait(at: now + .seconds(10)) == nil ? nil : "nobody is let in any more"
    }
}
