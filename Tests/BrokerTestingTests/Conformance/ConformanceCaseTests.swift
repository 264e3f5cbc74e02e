import Testing

@testable import BrokerTesting

@Suite("A rule of a conformance kit")
struct ConformanceCaseTests {
    private let held = ConformanceCase("it holds", because: "It should.") {}
    private let broken = ConformanceCase("it breaks", because: "It should not.") { throw Observation("it broke") }

    @Test("passes silently if it holds")
    func holds() async throws {
        try await held.check()
    }

    @Test("fails with its name, its reason and what was seen")
    func breaks() async throws {
        let failure = try await #require(throws: ConformanceFailure.self) { try await broken.check() }
        #expect(failure.rule == "it breaks")
        #expect(failure.reason == "It should not.")
        #expect(failure.observation == "it broke")
        #expect(
            failure.description == """
                rule: it breaks
                seen: it broke
                why:  It should not.
                """)
    }

    @Test("treats any error as a failure")
    func anyError() async throws {
        struct Broken: Error, CustomStringConvertible { let description = "an error of another kind" }
        let rule = ConformanceCase("it breaks", because: "It should not.") { throw Broken() }
        let failure = try await #require(throws: ConformanceFailure.self) { try await rule.check() }
        #expect(failure.observation == "an error of another kind")
    }

    @Test("is shown as its name")
    func name() {
        #expect("\(broken)" == "it breaks")
    }

    @Test("passes cancellation on")
    func cancellation() async {
        let rule = ConformanceCase("it waits", because: "It may.") { try Task.checkCancellation() }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await rule.check()
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("is checked with all others, and every failure is named in one error")
    func all() async throws {
        let another = ConformanceCase("it breaks as well", because: "It should not.") {
            throw Observation("it broke too")
        }
        try await [held, held].checkAll()
        let failures = try await #require(throws: ConformanceFailures.self) {
            try await [broken, held, another].checkAll()
        }
        #expect(failures.failures.map(\.rule) == ["it breaks", "it breaks as well"])
        for text in ["2 rules", "it broke", "it broke too"] { #expect(failures.description.contains(text)) }
    }
}
