import IdentityBroker

extension ProviderRules {
    var claimsRules: [ConformanceCase] {
        let manifest = manifest
        return [
            rule(
                "hostile names, pictures and addresses come out clean",
                because: """
                    People choose them. Some choose values that reverse the surrounding text, run in a browser, fill a \
                    page, or are two addresses in one (CVE-2022-35924).
                    """
            ) { bench in
                for person in bench.hostilePeople {
                    guard let identity = try await bench.identityIfAny(of: person) else { continue }
                    try Self.checkClaims(identity.claims)
                    try require(
                        identity.subject == fixture.expectation(of: person).subject, "the subject differs")
                }
            },
            rule(
                "an e-mail address is verified only where the upstream says so",
                because: """
                    Accounts are linked by verified addresses. A person who may enter any address into their profile \
                    could take over any account (nOAuth; CVE-2026-9092).
                    """
            ) { bench in
                for isVerified in [false, nil] {
                    var person = bench.person()
                    person.isEmailVerified = isVerified
                    if case .verified? = try await bench.identity(of: person).claims.email {
                        let statement = isVerified == false ? "that it is not" : "nothing about it"
                        throw Observation("an address is marked verified, although the upstream says \(statement)")
                    }
                }
            },
            rule(
                "every notice of an identity is in the manifest",
                because: "Apps are written against this list."
            ) { bench in
                let people = [bench.person()] + bench.hostilePeople
                for person in people {
                    let notices = try await bench.identityIfAny(of: person)?.notices ?? []
                    let unlisted = notices.filter { manifest.notices[$0] == nil }.map(\.rawValue)
                    try require(
                        unlisted.isEmpty, "notices that are not in the manifest: \(unlisted.joined(separator: ", "))")
                }
            },
        ]
    }

    private static func checkClaims(_ claims: Claims) throws {
        let names = [
            claims.name, claims.givenName, claims.familyName, claims.middleName, claims.nickname,
            claims.preferredUsername,
        ]
        for name in names.compactMap(\.self) {
            try require(!name.isEmpty && name.count <= 128, "a name has \(name.count) characters instead of 1 to 128")
            try require(
                name.unicodeScalars.allSatisfy(\.isHarmless), "a name contains characters that do not belong in one")
        }
        for url in [claims.picture, claims.profile, claims.website].compactMap(\.self) {
            try require(url.hasPrefix("https://"), "a URL is not https")
        }
        if let email = claims.email {
            try require(
                email.value.rawValue.filter { $0 == "@" }.count == 1, "an e-mail address is not exactly one address")
            try require(!email.value.rawValue.contains("victim"), "an e-mail address was picked from a list")
        }
    }
}

extension ProviderBench {
    /// The identity of a login; nil if the login was refused because of its answer, which is allowed as well.
    fileprivate func identityIfAny(of person: Person) async throws -> Identity? {
        let attempt = try await login(of: person)
        guard case .failure = attempt.outcome else { return try attempt.identity() }
        try attempt.mustFail(as: [.upstreamMisbehaved, .invalidCredential], "a hostile profile")
        return nil
    }

    /// People whose names are chosen to cause trouble.
    fileprivate var hostilePeople: [Person] {
        let names = [
            "\u{202E}nimda", "Ada\u{0}Admin\r\nX: y", "\u{2066}Ada\u{2069}", "\u{200B}\u{FEFF}", "  ", "\u{1B}[2J",
            "<script>alert(1)</script>", String(repeating: "A", count: 40_000),
            "A" + String(repeating: "\u{301}", count: 5_000),
        ]
        let pictures = [
            "javascript:alert(1)", "data:text/html,x", "http://pictures.example/a.png", "//pictures.example/a.png",
            "https://user@pictures.example/", "https://pictures.example/\"onload=x", "file:///etc/passwd", " ",
        ]
        let addresses = [
            "eve@people.example,victim@people.example", "eve@people.example victim@people.example",
            "victim@people.example\r\nBcc: eve@people.example", "victim@people.example@evil.example", "victim", "@",
            "<victim@people.example>", "\"eve\" <victim@people.example>",
        ]
        return names.map { name in person(where: { $0.name = name }) }
            + pictures.map { picture in person(where: { $0.picture = picture }) }
            + addresses.map { address in person(where: { $0.email = address }) }
            + ["+", "110", "+1234567890123456789", "phone"].map { number in person(where: { $0.phoneNumber = number }) }
    }

    private func person(where change: (inout Person) -> Void) -> Person {
        var person = person()
        change(&person)
        return person
    }
}

extension Unicode.Scalar {
    /// Whether this is displayed, or one of the two joiners that scripts and emoji need.
    fileprivate var isHarmless: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        case .format: self == "\u{200C}" || self == "\u{200D}"
        default: true
        }
    }
}
