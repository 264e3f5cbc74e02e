import IdentityBroker

/// The rules of the kit for one fixture.
struct ProviderRules<Fixture: ProviderFixture>: Sendable {
    typealias Bench = ProviderBench<Fixture>
    typealias Family = ProviderConformance.Family
    typealias Variant = ProviderConformance.Variant

    let fixture: Fixture
    let patience: Duration
    let serials = SerialNumbers()
    private let finishedLogins = FinishedLogins<Fixture>()

    var manifest: ProviderManifest { fixture.kind.manifest }
    /// Whether the fixture's credentials promise single use.
    var isOneTime: Bool { manifest.credentials.contains(where: \.isOneTime) }

    /// Every rule that applies, and one for each omitted family.
    var cases: [ConformanceCase] {
        let general =
            manifestRules + settingsRules + secretSettingsRules + abilityRules + credentialRules
            + identityRules + claimsRules + networkRules
        return general + (fixture.requestsPerLogin > 0 ? answerRules : [silence])
    }

    /// The rules about an upstream's answers and failures.
    private var answerRules: [ConformanceCase] {
        let rules =
            (omits(.json) ? [] : contentRules) + framingRules + statusRules + (omits(.patience) ? [] : patienceRules)
            + connectionRules + deadlineRules + cancellationRules
            + (omits(.identifiers) ? [] : identifierRules) + (omits(.standing) ? [] : standingRules)
            + (omits(.addressees) ? [] : addresseeRules) + sharedRules + appTokenRules
            + optionalRequestRules
        return rules + fateRules + (isOneTime ? singleUseRules : []) + sendingRules + concurrencyRules + isolationRules
            + failureRules + secrecyRules + Family.allCases.compactMap(omission)
    }

    /// A rule with its own bench.
    func rule(
        _ name: String,
        because reason: String,
        _ check: @escaping @Sendable (Bench) async throws -> Void
    ) -> ConformanceCase {
        ConformanceCase(name, because: reason) {
            let bench = try await Bench.open(for: self)
            let outcome = await Outcome {
                try await withTimeLimit(patience, of: "the check") { try await check(bench) }
            }
            await bench.close()
            try outcome.get()
        }
    }

    /// A rule for every finished login, whatever its result.
    func rule(
        _ name: String,
        because reason: String,
        _ check: @escaping @Sendable (FinishedLogin) throws -> Void
    ) -> ConformanceCase {
        ConformanceCase(name, because: reason) {
            try await withTimeLimit(patience, of: "the check") {
                for login in try await finishedLogins.all(of: self) { try check(login) }
            }
        }
    }

    /// A rule that needs no bench.
    func rule(
        _ name: String,
        because reason: String,
        _ check: @escaping @Sendable () throws -> Void
    ) -> ConformanceCase {
        ConformanceCase(name, because: reason) { try check() }
    }
}
