import IdentityBroker

extension ProviderRules {
    var identityRules: [ConformanceCase] {
        [
            rule(
                "a good credential becomes the identity that the upstream vouches for",
                because: "This is what a provider is for."
            ) { bench in
                let person = bench.person()
                let identity = try await bench.identity(of: person)
                let differences = identity.differences(from: fixture.expectation(of: person))
                try require(differences.isEmpty, "unexpected values: \(differences.joined(separator: ", "))")
                let count = bench.requests(of: person).count
                try require(
                    count == fixture.requestsPerLogin,
                    "the login sent \(count) requests instead of \(fixture.requestsPerLogin)")
            },
            rule(
                "an identity says which instance authenticated the person, and when",
                because: "It decides whether a person must sign in again."
            ) { bench in
                let identity = try await bench.identity()
                try require(identity.provider == Bench.id, "the instance is '\(identity.provider)'")
                try require(identity.authenticatedAt == bench.clock.date, "the time is not the broker's")
            },
            rule(
                "an instance has the same issuer for everyone, after a restart and under another id",
                because:
                    "Accounts are stored under issuer and subject. With another issuer, everyone loses their account."
            ) { bench in
                let (here, there) = (try bench.instance(), try bench.instance(bench.document(id: "elsewhere")))
                guard let issuer = here.issuer else { throw Observation("the instance has no issuer") }
                try require(there.issuer == issuer, "under another id, the instance has another issuer")
                for number in 1...3 {
                    let identity = try await bench.identity(of: bench.person(number))
                    try require(
                        identity.issuer == fixture.identityIssuer(at: issuer),
                        "the issuer of a login is not the instance's")
                }
            },
            rule(
                "a person has the same subject at every login and after a restart",
                because: "A subject is stable, never reassigned and unique within its issuer (OpenID Connect Core §2)."
            ) { bench in
                // Every login of a bench uses a new instance.
                let person = bench.person()
                let subjects = try await bench.subjects(
                    of: [person] + (1...2).map { _ in bench.person().looking(like: person) })
                try require(Set(subjects).count == 1, "three logins of one person have \(Set(subjects).count) subjects")
            },
            rule(
                "a person's subject does not depend on name, picture, e-mail address and phone number",
                because: """
                    Each of them moves between people. Accounts keyed by an e-mail address were taken over by anyone \
                    who could enter it into their profile (nOAuth; CVE-2023-3128).
                    """
            ) { bench in
                let (before, after) = (bench.person(), bench.person())
                var changes = [before]
                for path in [\Bench.Person.name, \.picture, \.email, \.phoneNumber] {
                    var person = bench.person().looking(like: before)
                    person[keyPath: path] = after[keyPath: path]
                    changes.append(person)
                }
                var unverified = bench.person().looking(like: before)
                unverified.isEmailVerified = false
                let subjects = try await bench.subjects(of: changes + [unverified])
                try require(Set(subjects).count == 1, "one person has \(Set(subjects).count) subjects")
            },
            rule(
                "different people have different subjects, however alike they look",
                because: "Two people with one subject share one account (OpenID Connect Core §2)."
            ) { bench in
                let people = (1...5).map { bench.person($0) }
                let twins = (1...5).map { bench.person($0).looking(like: people[0]) }
                for group in [people, twins] {
                    let subjects = try await bench.subjects(of: group)
                    try require(Set(subjects).count == 5, "five people have \(Set(subjects).count) subjects")
                }
            },
            rule(
                "neither the credential nor a secret appears in the identity",
                because:
                    "An identity is stored, logged and passed on. It contains the upstream's token only as a `Secret`."
            ) { bench in
                let attempt = try await bench.login()
                let identity = try attempt.identity()
                let text = Haystack(renderingsOf: (identity, identity.record))
                for canary in attempt.credentialCanaries + fixture.secretCanaries {
                    try require(!canary.isFound(in: text), "\(canary) appears in the identity")
                }
            },
        ]
    }
}

extension ProviderBench {
    /// The subjects of these people, one login after the other.
    fileprivate func subjects(of people: [Person]) async throws -> [String] {
        var subjects: [String] = []
        for person in people {
            subjects.append(try await identity(of: person).subject)
        }
        return subjects
    }
}

extension ProviderConformance.Person {
    /// The same person at the same login, with the changeable properties of the other one.
    fileprivate func looking(like other: Self) -> Self {
        var copy = self
        copy.name = other.name
        copy.picture = other.picture
        copy.email = other.email
        copy.isEmailVerified = other.isEmailVerified
        copy.phoneNumber = other.phoneNumber
        return copy
    }
}
