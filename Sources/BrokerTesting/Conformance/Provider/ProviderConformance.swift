#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What has to hold of every provider, as rules that can be checked one by one.
///
/// A provider may be trusted with logins when it passes. With Swift Testing:
///
/// ```swift
/// @Test("conforms", arguments: ProviderConformance(MyFixture()).cases)
/// func conforms(_ rule: ConformanceCase) async throws {
///     try await rule.check()
/// }
/// ```
///
/// The provider is made by the real configuration reader and called by the real pipeline, and sends over the real
/// transport to an upstream on loopback that the fixture and the kit play together. Everything else is the kit's: clock,
/// store, log, metrics and traces, so that rules can be checked at the same time, and none waits for time to pass.
///
/// What a rule says of a provider it has from what goes in and comes out. Code of the provider that runs beside that, such
/// as a file read at login, no rule sees.
public struct ProviderConformance: Sendable {
    /// The rules, in an order in which they can be read. Each can be checked alone, and while others are.
    public let cases: [ConformanceCase]

    /// The broker's time of day when a check begins: 2026-01-02T03:04:05Z. It stands still but for a few minutes at most.
    public static let now = Date(timeIntervalSince1970: 1_767_323_045)

    /// Makes the kit for the provider of this fixture.
    ///
    /// - Parameters:
    ///   - fixture: The provider's upstream, and what is expected.
    ///   - patience: How long what should happen at once is waited for before a check gives up. Only a check that fails
    ///     takes so long.
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
