public import Foundation

/// The rules that every provider must follow, each of which can be checked alone.
///
/// A provider that passes may be trusted with logins. With Swift Testing:
///
/// ```swift
/// @Test("conforms", arguments: ProviderConformance(MyFixture()).cases)
/// func conforms(_ rule: ConformanceCase) async throws {
///     try await rule.check()
/// }
/// ```
///
/// The real configuration reader creates the provider, the real pipeline calls it, and the real transport sends its
/// requests to an upstream on loopback that the fixture and the kit play together. The kit provides everything else:
/// clock, store, log, metrics and traces, so that rules can be checked concurrently and none waits for time to pass.
///
/// Rules observe what goes into the provider and what comes out. No rule sees what the provider does apart from that,
/// such as reading a file at login.
public struct ProviderConformance: Sendable {
    /// The rules, in an order that reads well. Each can be checked alone, and concurrently with others.
    public let cases: [ConformanceCase]

    /// The broker's time of day when a check begins: 2026-01-02T03:04:05Z. It moves by a few minutes at most.
    public static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Creates the kit for the provider of this fixture.
    ///
    /// - Parameters:
    ///   - fixture: The provider's upstream, and the expectations.
    ///   - patience: How long a check waits for something that should happen at once. Only a failing check takes this
    ///     long.
    public init(_ fixture: some ProviderFixture, patience: Duration = .seconds(60)) {
        cases = ProviderRules(fixture: fixture, patience: patience).cases
    }

    /// Checks every rule, one after the other.
    ///
    /// - Throws: ``ConformanceFailures`` with every rule that does not hold; `CancellationError` if the task was cancelled.
    public func check() async throws {
        try await cases.checkAll()
    }
}
