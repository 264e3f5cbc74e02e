import IdentityBroker

/// Cases that name what is not checked, and check that the omission is justified.
extension ProviderRules {
    func omits(_ family: Family) -> Bool {
        fixture.omissions[family] != nil
    }

    func omission(of family: Family) -> ConformanceCase? {
        guard let reason = fixture.omissions[family] else { return nil }
        return rule("omitted: \(family.rawValue)", because: reason) { bench in
            for variant in family.variants {
                let attempt = try await bench.login(as: variant)
                try require(attempt == nil, "the family is omitted, but the fixture has \(variant.circumstances)")
            }
        }
    }

    /// For a provider that sends nothing.
    var silence: ConformanceCase {
        rule(
            "omitted: rules about an upstream's answers",
            because: "The provider sends no request. It reads the person from the credential itself."
        ) { bench in
            _ = try await bench.identity()
            let count = try await bench.upstream.countConnections()
            try require(count == 0, "the provider connected to the upstream")
        }
    }
}

extension ProviderConformance.Family {
    /// What the fixture offers for the family.
    fileprivate var variants: [ProviderConformance.Variant] {
        switch self {
        case .identifiers: ProviderConformance.Variant.identifiers
        case .standing: ProviderConformance.Variant.standings
        case .addressees: ProviderConformance.Variant.addressees
        case .unknownKeys: [.unknownKey]
        case .json, .patience: []
        }
    }
}
