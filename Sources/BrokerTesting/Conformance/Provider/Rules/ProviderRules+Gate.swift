import IdentityBroker

extension ProviderRules {
    var identifierRules: [ConformanceCase] {
        [
            rule(
                "an answer that does not say whom it is about is refused",
                because: """
                    An account under an empty id is everybody's. An id that is put together from what else is there, such as an \
                    e-mail address, is whoever can write that.
                    """
            ) { bench in
                let variants = Variant.identifiers.filter { $0 != .identifier(.contradicting) }
                try await bench.check(variants, failAs: [.upstreamMisbehaved])
            },
            rule(
                "an answer that contradicts itself on whom it is about is refused",
                because: "One of the two is an attacker's, and nobody knows which."
            ) { bench in
                // An upstream may state it in one place only.
                guard let attempt = try await bench.login(as: .identifier(.contradicting)) else { return }
                try attempt.mustFail(as: [.upstreamMisbehaved], "an answer that contradicts itself")
            },
        ]
    }

    var standingRules: [ConformanceCase] {
        [
            rule(
                "a person whom the upstream does not let in is denied",
                because: """
                    Blocked, deleted and suspended people keep their tickets for a while. A status that is not understood may \
                    mean any of it.
                    """
            ) { bench in
                try await bench.check(Variant.standings, failAs: [.accessDenied])
            }
        ]
    }

    var addresseeRules: [ConformanceCase] {
        [
            rule(
                "an answer that was made for another app or another login is refused",
                because: """
                    Any app of the upstream's could sign in here as its users, and any old answer once more (OpenID Connect \
                    Core §3.1.3.7; CVE-2023-27490).
                    """
            ) { bench in
                try await bench.check(Variant.addressees, failAs: [.upstreamMisbehaved, .invalidCredential])
            }
        ] + nonceRules
    }

    /// For types whose upstream returns the nonce.
    private var nonceRules: [ConformanceCase] {
        let bringsTokens = manifest.credentials.contains { $0.kind != .ticket }
        guard bringsTokens, manifest.nonce == .required || manifest.nonce == .hashed else { return [] }
        return [
            rule(
                "an answer that does not say which login it was made for is refused",
                because: """
                    A token without a nonce is good for any login: stolen anywhere, it signs the thief in here (OpenID Connect \
                    Core §3.1.3.7). An upstream that returns none is declared with the manifest's nonce rule.
                    """
            ) { bench in
                try await bench.check([.anyLogin], failAs: [.upstreamMisbehaved, .invalidCredential])
            }
        ]
    }
}

extension ProviderBench {
    /// Checks logins whose answers have this wrong with them; the upstream must be able to give at least one.
    fileprivate func check(
        _ variants: [ProviderConformance.Variant],
        failAs kinds: Set<BrokerError.Kind>
    ) async throws {
        var count = 0
        for variant in variants {
            guard let attempt = try await login(as: variant) else { continue }
            try attempt.mustFail(as: kinds, variant.circumstances)
            count += 1
        }
        try require(count > 0, "the fixture has no such answer, and does not leave the family out")
    }
}
