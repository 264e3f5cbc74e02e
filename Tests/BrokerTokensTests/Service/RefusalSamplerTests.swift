import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Sampling refusals of strangers")
struct RefusalSamplerTests {
    private static func kind(
        _ caller: String? = "192.0.2.1", outcome: String = "invalid_token", client: String? = nil
    ) -> RefusalSampler.Kind {
        RefusalSampler.Kind(
            action: .userInfo, outcome: outcome, client: client, caller: caller.map { CallerKey($0) })
    }

    private static func sampler(_ change: (inout RefusalSampler.Limits) -> Void = { _ in }) -> RefusalSampler {
        var limits = RefusalSampler.Limits()
        limits.first = 3
        change(&limits)
        return RefusalSampler(limits, at: .zero)
    }

    @Test("The first ones are written, then one a second, with how many it represents")
    func sampling() {
        var sampler = Self.sampler()
        let atOnce = (0..<10).map { _ in sampler.count(Self.kind(), at: .zero) }
        #expect(atOnce == [1, 1, 1] + Array(repeating: nil, count: 7))
        #expect(sampler.count(Self.kind(), at: .milliseconds(999)) == nil)
        #expect(sampler.count(Self.kind(), at: .seconds(1)) == 9)
        #expect(sampler.count(Self.kind(), at: .milliseconds(1_500)) == nil)
        #expect(sampler.count(Self.kind(), at: .seconds(2)) == 2)
    }

    @Test("Each address and each kind of refusal is sampled separately")
    func kinds() {
        var sampler = Self.sampler { $0.first = 1 }
        for kind in [Self.kind("192.0.2.1"), Self.kind("192.0.2.2"), Self.kind(nil), Self.kind(outcome: "other")] {
            #expect(sampler.count(kind, at: .zero) == 1)
            #expect(sampler.count(kind, at: .zero) == nil)
        }
    }

    @Test("Counted refusals are written once, when their kind is quiet")
    func counted() {
        var sampler = Self.sampler { $0.first = 1 }
        for _ in 0..<5 { _ = sampler.count(Self.kind(), at: .zero) }
        #expect(sampler.takeCounted(at: .milliseconds(999)).isEmpty)
        let counted = sampler.takeCounted(at: .seconds(1))
        #expect(counted.map(\.count) == [4])
        #expect(counted.map(\.kind) == [Self.kind()])
        #expect(sampler.takeCounted(at: .seconds(2)).isEmpty)
        _ = sampler.count(Self.kind(), at: .seconds(2))
        _ = sampler.count(Self.kind(), at: .seconds(2))
        #expect(sampler.takeCounted(at: .seconds(2), isLast: true).map(\.count) == [1])
    }

    @Test("Very many addresses share one kind without an address, and quiet ones are dropped")
    func bound() {
        var sampler = Self.sampler {
            $0.first = 1
            $0.kinds = 4
        }
        for number in 0..<4 { #expect(sampler.count(Self.kind("\(number)"), at: .zero) == 1) }
        #expect(sampler.count(Self.kind("5"), at: .zero) == 1)
        #expect(sampler.count(Self.kind("6"), at: .zero) == nil)
        #expect(sampler.count(Self.kind("7"), at: .seconds(1)) == 2)
        // A minute later, none is remembered.
        #expect(sampler.count(Self.kind("8"), at: .seconds(61)) == 1)
        #expect(sampler.count(Self.kind("9"), at: .seconds(61)) == 1)
    }

    @Test("All together are limited to a burst, then one a second, with a quarter of both for counted ones")
    func total() {
        var sampler = Self.sampler { $0.burst = 10 }
        let atOnce = (0..<100).compactMap { sampler.count(Self.kind("\($0)"), at: .zero) }
        #expect(atOnce.count == 8)
        let later = (0..<100).compactMap { sampler.count(Self.kind("\($0)"), at: .seconds(2)) }
        #expect(later.count == 1)
        // None is lost: those without a place are counted.
        let counted = sampler.takeCounted(at: .seconds(3))
        #expect(counted.count == 2)
        let last = sampler.takeCounted(at: .seconds(3), isLast: true)
        #expect(last.map(\.kind) == [Self.kind(nil)])
        #expect(([atOnce, later] + [counted, last].map { $0.map(\.count) }).joined().reduce(0, +) == 200)
    }

    @Test("The kind that has waited longest gets the next event")
    func order() {
        var sampler = Self.sampler {
            $0.first = 1
            $0.burst = 4
        }
        for (second, caller) in ["first", "second"].enumerated() {
            for _ in 0..<3 { _ = sampler.count(Self.kind(caller), at: .seconds(second)) }
        }
        let taken = [2, 5, 6].map { sampler.takeCounted(at: .seconds($0)) }
        #expect(taken.map { $0.map(\.kind) } == [[Self.kind("first")], [], [Self.kind("second")]])
    }

    @Test("A victim attacked after a burst from very many addresses is recorded at once")
    func afterBurst() {
        var sampler = RefusalSampler(at: .zero)
        for number in 0..<5_000 { _ = sampler.count(Self.kind("\(number)", client: "a"), at: .zero) }
        for second in 1...2 { _ = sampler.takeCounted(at: .seconds(second)) }
        let attack = Self.kind("192.0.2.1", client: "b")
        #expect(sampler.count(attack, at: .seconds(2)) == 1)
        for _ in 0..<100 { _ = sampler.count(attack, at: .seconds(2)) }
        let counted = (3...12).flatMap { sampler.takeCounted(at: .seconds($0)) }
        #expect(counted.contains { $0 == (attack, 100) })
    }

    @Test(
        "Merged refusals keep their client, and get their events even if refusals never end", arguments: [200, 5_000])
    func reserve(addresses: Int) {
        var sampler = RefusalSampler(at: .zero)
        var stoodFor = (0..<addresses).compactMap { sampler.count(Self.kind("\($0)", client: "a"), at: .zero) }
            .reduce(0, +)
        var events = 0
        for second in 1...70 {
            for number in 0..<20 {
                _ = sampler.count(Self.kind("\(second)-\(number)", client: "b"), at: .seconds(second))
            }
            for (kind, count) in sampler.takeCounted(at: .seconds(second)) where kind.client == "a" {
                stoodFor += count
                events += 1
            }
        }
        #expect(stoodFor == addresses)
        #expect(events <= 12 + 70 / 4)
    }

    @Test("Any number of addresses uses bounded memory, and their events little disk space")
    func flood() {
        var sampler = RefusalSampler(at: .zero)
        var (written, stoodFor) = (0, 0)
        for number in 0..<100_000 {
            let now = Duration.microseconds(number * 100)
            guard let count = sampler.count(Self.kind("\(number % 20_000)"), at: now) else { continue }
            written += 1
            stoodFor += count
        }
        #expect(written <= 50 + 10)
        let counted = sampler.takeCounted(at: .seconds(20), isLast: true)
        #expect(counted.count <= 12 + 1)
        #expect(stoodFor + counted.map(\.count).reduce(0, +) == 100_000)
    }

    @Test("Minutes of refusals from ever new addresses yield a burst and one event a second")
    func minutes() {
        var sampler = RefusalSampler(at: .zero)
        var (written, stoodFor) = (0, 0)
        for second in 0..<300 {
            for number in 0..<20 {
                let kind = Self.kind("\(second)-\(number)")
                guard let count = sampler.count(kind, at: .seconds(second)) else { continue }
                written += 1
                stoodFor += count
            }
            let counted = sampler.takeCounted(at: .seconds(second))
            written += counted.count
            stoodFor += counted.map(\.count).reduce(0, +)
        }
        #expect(written <= 50 + 300)
        stoodFor += sampler.takeCounted(at: .seconds(300), isLast: true).map(\.count).reduce(0, +)
        #expect(stoodFor == 300 * 20)
    }

    @Test("Returned refusals are counted again, even if their kind was dropped")
    func putBack() {
        var sampler = Self.sampler { $0.first = 1 }
        for _ in 0..<5 { _ = sampler.count(Self.kind(), at: .zero) }
        let counted = sampler.takeCounted(at: .seconds(1))
        for (kind, count) in counted { sampler.putBack(count, of: kind, at: .seconds(1)) }
        sampler.putBack(7, of: Self.kind("192.0.2.2"), at: .seconds(1))
        #expect(sampler.takeCounted(at: .seconds(2)).map(\.count).sorted() == [4, 7])
        #expect(sampler.takeCounted(at: .seconds(3)).isEmpty)
    }
}
