import IdentityBroker

extension ProviderRules {
    var identifierRules: [ConformanceCase] {
        [
            rule(
                "an answer that does not identify the person is refused",
                because: """
                    An account with an empty id is everyone's. An id derived from other data, such as an e-mail \
                    address, belongs to anyone who can enter that.
                    """
            ) { bench in
                let variants = Variant.identifiers.filter { $0 != .identifier(.contradicting) }
                try await bench.check(variants, failAs: [.upstreamMisbehaved])
            },
            rule(
                "an answer with contradictory identities is refused",
                because: "One of them may be an attacker's, and no one knows which."
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
                "a person whom the upstream does not let in is denied access",
                because: """
                    Blocked, deleted and suspended people keep their tickets for a while. An unknown status may mean \
                    any of these.
                    """
            ) { bench in
                try await bench.check(Variant.standings, failAs: [.accessDenied])
            }
        ]
    }

    var addresseeRules: [ConformanceCase] {
        [
            rule(
                "an answer for another app or another login is refused",
                because: """
                    Any of the upstream's apps could sign in here as its users, and any old answer could be replayed \
                    (OpenID Connect Core §3.1.3.7; CVE-2023-27490).
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
                "an answer that is not bound to the login is refused",
                because: """
                    A token without a nonce works for any login: stolen anywhere, it signs the thief in here (OpenID \
                    Connect Core §3.1.3.7). For an upstream that returns none, declare that in the manifest's nonce \
                    rule.
                    """
            ) { bench in
                try await bench.check([.anyLogin], failAs: [.upstreamMisbehaved, .invalidCredential])
            }
        ]
    }
}

extension ProviderBench {
    /// Checks logins whose answers have these faults; the upstream must be able to give at least one such answer.
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
        try require(count > 0, "the fixture has no such answer, and does not list the family in its omissions")
    }
}
