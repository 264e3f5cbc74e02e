import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("The table of shared values")
struct SharedValueTableTests {
    private typealias Table = SharedValueTable<String, Int>

    private static let down = BrokerError(.upstreamUnavailable, "Down.")
    private static let bounds = SharedValueBounds(
        freshness: .seconds(10)...Duration.seconds(100),
        unstatedFreshness: .seconds(50),
        staleness: .seconds(1000),
        patience: .seconds(2),
        failureMemory: .seconds(5),
        refetchInterval: .seconds(30)
    )

    private final class Subject {
        var table = Table(maximumCount: 3, maximumBytes: 100)
    }

    private let subject = Subject()

    private func ask(
        _ key: String = "keys",
        isForced: Bool = false,
        at now: Int,
        within bounds: SharedValueBounds = bounds
    ) -> Seen {
        Seen(subject.table.ask(for: key, isForced ? .refetched : .any, within: bounds, at: .seconds(now)))
    }

    private func ask(refusing fetch: UInt64, at now: Int) -> Seen {
        Seen(subject.table.ask(for: "keys", .other(than: fetch), within: Self.bounds, at: .seconds(now)))
    }

    private func finish(
        _ fetch: UInt64,
        of key: String = "keys",
        with value: Int?,
        lifetime: Int? = nil,
        at now: Int
    ) -> Int? {
        let arrival = value.map { Table.Arrival(value: $0, bytes: 40, lifetime: lifetime.map { .seconds($0) }) }
        return subject.table.finish(
            fetch, of: key, with: arrival.map { .success($0) } ?? .failure(Self.down), at: .seconds(now))?.value
    }

    /// Gives the table the value 1, fetched at second 0.
    private func keep(lifetime: Int? = nil) {
        #expect(ask(at: 0) == .fetches(1))
        #expect(finish(1, with: 1, lifetime: lifetime, at: 1) == nil)
    }

    @Test("A fetch that no login needs any more leaves nothing behind", arguments: [false, true])
    func abandoned(isForced: Bool) {
        #expect(ask(isForced: isForced, at: 0) == .fetches(1))
        subject.table.abandon(7, of: "keys")
        #expect(ask(at: 1) == .waits(1), "another one was abandoned")
        subject.table.abandon(1, of: "keys")
        #expect(finish(1, with: 1, at: 2) == nil)
        #expect(ask(isForced: isForced, at: 3) == .fetches(2))
    }

    @Test("One fetch runs at a time, and all who ask meanwhile wait for it")
    func oneFetch() {
        #expect(ask(at: 0) == .fetches(1))
        for second in 0..<20 { #expect(ask(isForced: second.isMultiple(of: 2), at: second) == .waits(1)) }
        #expect(ask("another", at: 20) == .fetches(2))
        #expect(finish(1, with: 1, at: 20) == nil)
        #expect(ask(at: 20) == .value(1))
    }

    @Test(
        "A value is fresh as long as its answer says, within the bounds, from the time of the request",
        arguments: [(nil, 50), (0, 10), (-7, 10), (9, 10), (11, 11), (100, 100), (101, 100), (Int(Int32.max), 100)]
    )
    func freshness(stated: Int?, expected: Int) {
        #expect(ask(at: 0) == .fetches(1))
        #expect(finish(1, with: 1, lifetime: stated, at: 7) == nil)
        #expect(ask(at: expected - 1) == .value(1))
        #expect(ask(at: expected) == .fetches(2, orAt: expected + 2, 1))
    }

    @Test("An old value is used after a long enough wait, and at once if the fetch takes longer than that")
    func patience() {
        keep()
        #expect(ask(at: 60) == .fetches(2, orAt: 62, 1))
        #expect(ask(at: 61) == .waits(2, orAt: 62, 1))
        #expect(ask(at: 62) == .value(1))
        #expect(ask(at: 500) == .value(1))
        #expect(finish(2, with: 2, at: 501) == nil)
        #expect(ask(at: 501) == .fetches(3, orAt: 503, 2), "the answer was under way for longer than it is fresh")
    }

    @Test("An old value is used while the upstream fails, as long as allowed")
    func staleness() {
        keep()
        #expect(ask(at: 1049) == .fetches(2, orAt: 1051, 1))
        #expect(finish(2, with: nil, at: 1049) == 1)
        #expect(ask(at: 1049) == .value(1))
        #expect(ask(at: 1050) == .failure, "now it is too old")
        #expect(ask(at: 1054) == .fetches(3))
        #expect(finish(3, with: nil, at: 1054) == nil)
    }

    @Test("A failure is remembered for some seconds, then the upstream is asked again")
    func failureMemory() {
        #expect(ask(at: 0) == .fetches(1))
        #expect(finish(1, with: nil, at: 3) == nil)
        for second in 3..<8 { #expect(ask(at: second) == .failure) }
        #expect(ask(at: 8) == .fetches(2))
        #expect(finish(2, with: 2, at: 8) == nil)
        #expect(ask(at: 8) == .value(2))
    }

    @Test("A refetch is forced now and then, and otherwise returns the last result")
    func refetch() {
        keep(lifetime: 100)
        #expect(ask(isForced: true, at: 2) == .fetches(2))
        #expect(ask(at: 2) == .value(1), "nobody else waits for it")
        #expect(ask(isForced: true, at: 3) == .waits(2))
        #expect(finish(2, with: 2, lifetime: 100, at: 4) == nil)
        for second in 4..<32 { #expect(ask(isForced: true, at: second) == .value(2)) }
        #expect(ask(isForced: true, at: 32) == .fetches(3))
    }

    @Test("A failed refetch affects no others, and does not cause another")
    func failedRefetch() {
        keep(lifetime: 100)
        #expect(ask(isForced: true, at: 2) == .fetches(2))
        #expect(finish(2, with: nil, at: 2) == 1)
        for second in 2..<32 {
            #expect(ask(isForced: true, at: second) == .failure)
            #expect(ask(at: second) == .value(1))
        }
        #expect(ask(isForced: true, at: 32) == .fetches(3))
    }

    @Test("A refetch's failure is forgotten once the value has been fetched")
    func healedRefetch() {
        keep(lifetime: 10)
        #expect(ask(isForced: true, at: 2) == .fetches(2))
        #expect(finish(2, with: nil, at: 2) == 1)
        #expect(ask(at: 12) == .fetches(3, orAt: 14, 1))
        #expect(finish(3, with: 3, lifetime: 100, at: 12) == nil)
        #expect(ask(isForced: true, at: 13) == .value(3))
    }

    @Test("A value that the upstream refuses is no longer used, and a later one replaces it")
    func refused() {
        keep(lifetime: 100)
        #expect(ask(refusing: 1, at: 2) == .fetches(2))
        #expect(ask(at: 2) == .waits(2), "a login would spend its credential on the refused value")
        #expect(finish(2, with: 2, lifetime: 100, at: 3) == nil)
        #expect(ask(refusing: 1, at: 4) == .value(2))
        #expect(ask(refusing: 2, at: 5) == .failure, "too soon for another refetch")
        #expect(ask(refusing: 2, at: 32) == .fetches(3))
    }

    @Test("A failed refetch is remembered as briefly as any failed fetch")
    func refusedAndDown() {
        keep(lifetime: 100)
        #expect(ask(refusing: 1, at: 2) == .fetches(2))
        #expect(finish(2, with: nil, at: 2) == nil)
        #expect(ask(at: 6) == .failure)
        #expect(ask(at: 7) == .fetches(3))
    }

    @Test("A value refused right after its fetch is not fetched again for a while")
    func refusedAgain() {
        keep(lifetime: 100)
        #expect(ask(refusing: 1, at: 2) == .fetches(2))
        #expect(finish(2, with: 2, lifetime: 100, at: 3) == nil)
        subject.table.refuse(1, of: "keys", for: Self.down, at: .seconds(4))
        #expect(ask(at: 4) == .value(2), "another value was refused")
        subject.table.refuse(2, of: "keys", for: Self.down, at: .seconds(4))
        for second in 4..<34 { #expect(ask(at: second) == .failure) }
        #expect(ask(at: 34) == .fetches(3))
    }

    @Test("A value without staleness is never used after its time")
    func token() {
        let bounds = SharedValueBounds.token
        #expect(ask(at: 0, within: bounds) == .fetches(1))
        #expect(finish(1, with: 1, lifetime: 7200, at: 1) == nil)
        #expect(ask(at: 7199, within: bounds) == .value(1))
        #expect(ask(at: 7200, within: bounds) == .fetches(2))
        #expect(finish(2, with: nil, at: 7200) == nil)
        #expect(ask(at: 7201, within: bounds) == .failure)
    }

    @Test("The least recently used value is dropped, by number and by bytes")
    func bounded() {
        for (number, key) in ["a", "b"].enumerated() {
            #expect(ask(key, at: 0) == .fetches(UInt64(number + 1)))
            #expect(finish(UInt64(number + 1), of: key, with: number, at: 0) == nil)
        }
        #expect(ask("a", at: 1) == .value(0))
        #expect(ask("c", at: 1) == .fetches(3))
        #expect(subject.table.count == 3)
        #expect(finish(3, of: "c", with: 2, at: 1) == nil)
        #expect(subject.table.count == 2 && subject.table.bytes == 80)
        #expect(ask("a", at: 1) == .value(0))
        #expect(ask("b", at: 1) == .fetches(4), "it had to give way")
    }

    @Test("A value larger than the bound is kept alone")
    func large() {
        #expect(ask("a", at: 0) == .fetches(1))
        #expect(finish(1, of: "a", with: 1, at: 0) == nil)
        #expect(ask("b", at: 0) == .fetches(2))
        let arrival = Table.Arrival(value: 2, bytes: 1000, lifetime: nil)
        _ = subject.table.finish(2, of: "b", with: .success(arrival), at: .zero)
        #expect(subject.table.count == 1)
        #expect(ask("b", at: 1) == .value(2))
    }

    @Test("A value being fetched is never dropped")
    func full() {
        for number in 1...3 { #expect(ask("\(number)", at: 0) == .fetches(UInt64(number))) }
        #expect(ask("4", at: 0) == .full)
        #expect(ask("3", at: 0) == .waits(3))
        #expect(finish(1, of: "1", with: nil, at: 0) == nil)
        #expect(ask("4", at: 0) == .fetches(5))
    }

    @Test("An answer that no login waits for changes nothing")
    func late() {
        keep()
        #expect(finish(1, with: 9, at: 2) == nil)
        #expect(finish(77, of: "nobody", with: 9, at: 2) == nil)
        #expect(ask(at: 3) == .value(1))
    }

    @Test("In any order of events, the upstream is not asked more often than allowed", arguments: 1...50)
    func anyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (now, underWay, forced, failed) = (0, nil as UInt64?, -1000, -1000)
        for _ in 0..<2000 {
            now += Int.random(in: 0...4, using: &random)
            if let fetch = underWay, Bool.random(using: &random) {
                let fails = Bool.random(using: &random)
                _ = finish(fetch, with: fails ? nil : now, lifetime: Int.random(in: 0...40, using: &random), at: now)
                if fails { failed = now }
                underWay = nil
                continue
            }
            let isForced = Bool.random(using: &random)
            switch ask(isForced: isForced, at: now) {
            case .fetches(let fetch, _, _):
                #expect(underWay == nil, "two at a time")
                #expect(now - failed >= 5, "a failure was forgotten")
                #expect(!isForced || now - forced >= 30, "the interval was not kept")
                if isForced { forced = now }
                underWay = fetch
            case .waits(let fetch, _, _):
                #expect(fetch == underWay)
            case .failure:
                #expect(underWay == nil)
                #expect(now - failed < 5 || isForced && now - forced < 30)
            case .value(let value):
                #expect(now - value < 2000)
            case .full:
                Issue.record("one value fits")
            }
        }
    }
}

/// An answer of the table in a form that can be compared.
private enum Seen: Equatable {
    case value(Int), failure, full
    case fetches(UInt64, orAt: Int? = nil, Int? = nil)
    case waits(UInt64, orAt: Int? = nil, Int? = nil)

    init(_ answer: SharedValueTable<String, Int>.Answer) {
        switch answer {
        case .value(let served): self = .value(served.value)
        case .failure: self = .failure
        case .full: self = .full
        case .fetch(let fetch, let isNew, let fallback):
            let moment = fallback.map { Int($0.moment.components.seconds) }
            self =
                isNew
                ? .fetches(fetch, orAt: moment, fallback?.served.value)
                : .waits(fetch, orAt: moment, fallback?.served.value)
        }
    }
}
