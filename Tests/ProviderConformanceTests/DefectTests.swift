import BrokerTesting
import Foundation
import LoopbackServer
import Testing

@Suite("The kit for providers")
struct DefectTests {
    @Test(
        "finds nothing wrong with a provider that does what it should",
        arguments: ProviderConformance(ExemplarFixture()).cases
    )
    func noDefect(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }

    @Test("finds every defect by its rules", arguments: Defect.allCases)
    func defect(_ defect: Defect) async throws {
        let broken = try await Defect.$current.withValue(defect) {
            try await brokenRules(in: kit.cases.filter { defect.brokenRules.contains($0.name) })
        }
        #expect(broken == defect.brokenRules)
    }

    @Test("finds the defects of a redirect as well", arguments: RedirectDefect.allCases)
    func redirectDefect(_ defect: RedirectDefect) async throws {
        let broken = try await RedirectDefect.$current.withValue(defect) {
            try await brokenRules(in: redirectKit.cases.filter { defect.brokenRules.contains($0.name) })
        }
        #expect(broken == defect.brokenRules)
    }

    @Test("finds the defects of an app's token as well", arguments: AppTokenDefect.allCases)
    func appTokenDefect(_ defect: AppTokenDefect) async throws {
        let broken = try await AppTokenDefect.$current.withValue(defect) {
            try await brokenRules(in: appTokenKit.cases.filter { defect.brokenRules.contains($0.name) })
        }
        #expect(broken == defect.brokenRules)
    }

    @Test("does not pass over an app's token because its fixture fetches none")
    func unfetchedAppToken() async throws {
        let rule = "a refused app token is renewed, and the credential sent once more and never again"
        let cases = ProviderConformance(AppTokenFixture(sharedRequests: 0), patience: .seconds(20)).cases
        #expect(try await brokenRules(in: cases.filter { $0.name == rule }) == [rule])
    }

    @Test(
        "blames no other rule for a defect",
        .enabled(if: DefectTests.isThorough, "takes many minutes: Scripts/soak kit"),
        arguments: Defect.allCases.filter { !$0.keepsTypeOut }
    )
    func blame(_ defect: Defect) async throws {
        try await Self.seats.pass()
        defer { Self.seats.admit() }
        let broken = try await Defect.$current.withValue(defect) {
            try await brokenRules(in: kit.cases.filter { !defect.brokenRules.contains($0.name) })
        }
        #expect(broken.isEmpty)
    }

    @Test(
        "blames no other rule for a defect of a redirect",
        .enabled(if: DefectTests.isThorough, "takes many minutes: Scripts/soak kit"),
        arguments: RedirectDefect.allCases.filter { !$0.keepsEverybodyOut }
    )
    func redirectBlame(_ defect: RedirectDefect) async throws {
        try await Self.seats.pass()
        defer { Self.seats.admit() }
        let broken = try await RedirectDefect.$current.withValue(defect) {
            try await brokenRules(in: redirectKit.cases.filter { !defect.brokenRules.contains($0.name) })
        }
        #expect(broken.isEmpty)
    }

    private var kit: ProviderConformance { ProviderConformance(ExemplarFixture(), patience: .seconds(20)) }
    private var appTokenKit: ProviderConformance { ProviderConformance(AppTokenFixture(), patience: .seconds(20)) }
    private var redirectKit: ProviderConformance { ProviderConformance(RedirectFixture(), patience: .seconds(20)) }

    /// Whether to run the whole kit for every defect.
    private static let isThorough = ProcessInfo.processInfo.environment["BROKER_TEST_KIT"] != nil

    /// As many kits at a time as there are processors: each checks almost all its rules, and more would only wait.
    private static let seats = {
        let seats = Turnstile()
        seats.admit(max(2, ProcessInfo.processInfo.activeProcessorCount))
        return seats
    }()

    private func brokenRules(in cases: [ConformanceCase]) async throws -> Set<String> {
        var broken: Set<String> = []
        for rule in cases {
            do {
                try await rule.check()
            } catch let failure as ConformanceFailure {
                #expect(!giveAway(failure.description))
                broken.insert(failure.rule)
            }
        }
        return broken
    }

    /// Whether the text contains something that no report may contain: the secret, or the letters of a tag.
    private func giveAway(_ text: String) -> Bool {
        ExemplarFixture().secrets.values.contains(where: text.contains)
            || text.split { !("a"..."z").contains($0) }.contains { $0.count >= 20 }
    }
}
