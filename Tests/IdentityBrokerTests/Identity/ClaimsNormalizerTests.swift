import Testing

@testable import IdentityBroker

@Suite("Cleaning claims")
struct ClaimsNormalizerTests {
    private func normalized(_ change: (inout Claims) -> Void) -> (claims: Claims, notices: [Notice]) {
        var claims = Claims()
        change(&claims)
        var normalizer = ClaimsNormalizer(redactor: Redactor([Secret(Canary.ticket)]))
        return (normalizer.normalize(claims), normalizer.notices)
    }

    @Test(
        "cleans every name, and says so once",
        arguments: [\Claims.name, \.givenName, \.familyName, \.middleName, \.nickname, \.preferredUsername]
            as [any WritableKeyPath<Claims, String?> & Sendable]
    )
    func names(_ name: any WritableKeyPath<Claims, String?> & Sendable) {
        let (claims, notices) = normalized { $0[keyPath: name] = "a\u{202E}b" }
        #expect(claims[keyPath: name] == "ab")
        #expect(notices == [.nameCleaned])
        #expect(normalized { $0[keyPath: name] = "John Doe" }.notices == [])
        #expect(normalized { $0[keyPath: name] = "" }.claims[keyPath: name] == nil)
        #expect(normalized { $0[keyPath: name] = "" }.notices == [])
        #expect(normalized { $0[keyPath: name] = "\u{0}" }.claims[keyPath: name] == nil)
    }

    @Test(
        "finds a secret split by invisible characters",
        arguments: ["\u{0}", "\u{200B}", "\u{202E}", "\u{AD}"], [5, 40]
    )
    func dividedSecrets(divider: String, repetitions: Int) {
        let half = Canary.ticket.index(Canary.ticket.startIndex, offsetBy: 9)
        let divided = "\(Canary.ticket[..<half])\(divider)\(Canary.ticket[half...])"
        let (claims, notices) = normalized {
            $0.name = String(repeating: divided, count: repetitions)
            $0.gender = divided
        }
        #expect(claims.name?.contains(Canary.ticket) == false)
        #expect((claims.name?.count ?? 0) <= DisplayText.longestName)
        #expect(claims.gender == "<redacted>")
        #expect(notices == [.nameCleaned])
    }

    @Test("drops a language or a contact that contains a secret")
    func tellingValues() throws {
        var normalizer = ClaimsNormalizer(redactor: Redactor([Secret("planted-secret"), Secret("8617670416754")]))
        var claims = Claims()
        claims.locale = "zplanted-secretan"
        claims.email = .verified(Verified(try #require(EmailAddress("planted-secret@a.example"))))
        let number = try #require(PhoneNumber("+8617670416754"))
        claims.phoneNumber = .asserted(Asserted(number), isKnownUnverified: false)
        let normalized = normalizer.normalize(claims)
        #expect(normalized.locale == nil)
        #expect(normalized.email == nil)
        #expect(normalized.phoneNumber == nil)
    }

    @Test(
        "leaves an upstream's placeholder for a missing name to its provider",
        arguments: ["null", "undefined", "WeChat User", "-", "用户123"])
    func placeholders(_ name: String) {
        let (claims, notices) = normalized { $0.name = name }
        #expect(claims.name == name)
        #expect(notices == [])
    }

    @Test(
        "keeps an absolute https URL of a picture",
        arguments: [
            "https://a.example/p.png", "https://a.example", "https://a.example:8443/p?size=1#x", "HTTPS://a.example/p",
            "https://[2001:db8::1]/p", "https://a.example/p@2x.png", "https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132",
        ]
    )
    func pictures(_ url: String) {
        let (claims, notices) = normalized { $0.picture = url }
        #expect(claims.picture == url)
        #expect(notices == [])
    }

    @Test(
        "refuses any other URL, and says so",
        arguments: [
            "http://a.example/p", "//a.example/p", "/p.png", "p.png", "javascript:alert(1)",
            "data:image/png;base64,AA==",
            "https:a.example", "https://", "https:///p", "https://?p", "https://#p", "https://user@a.example/p",
            "https://user:password@a.example/p", "https://@a.example", "https://a.example/p q", "https://a.example/\n",
            "https://a.example/\"onerror=", "https://a.example/<script>", #"https://a.example\@b.example"#,
            " https://a.example",
            "https://bücher.example/p", "https://a.example/\u{202E}", "https://:8443/p",
            "https://a.example/\(String(repeating: "a", count: 2048))", "https://a.example/\(Canary.ticket)",
        ]
    )
    func refusedPictures(_ url: String) {
        let (claims, notices) = normalized { $0.picture = url }
        #expect(claims.picture == nil)
        #expect(notices == [.pictureRefused])
    }

    @Test("applies the same to the other URLs, silently")
    func otherURLs() {
        let (claims, notices) = normalized {
            $0.profile = "https://a.example/profile"
            $0.website = "http://a.example"
        }
        #expect(claims.profile == "https://a.example/profile")
        #expect(claims.website == nil)
        #expect(notices == [])
    }

    @Test("keeps language tags", arguments: ["zh", "zh-CN", "zh-Hans-CN", "en-US-x-private", "sr-Latn", "de-1996"])
    func locales(_ tag: String) {
        #expect(normalized { $0.locale = tag }.claims.locale == tag)
    }

    @Test(
        "drops what is not a language tag",
        arguments: [
            "", "z", "zh_CN", "zh-", "-CN", "zh--CN", "zh CN", "zh-CN\n", "12-CN", "abcdefghi", "zh-abcdefghi", "中文",
            "zh-٣",
            String(repeating: "aa-", count: 30) + "aa",
        ]
    )
    func otherLocales(_ tag: String) {
        #expect(normalized { $0.locale = tag }.claims.locale == nil)
    }

    @Test("drops texts that are too long, and cleans the others")
    func texts() {
        let (claims, notices) = normalized {
            $0.gender = "male\u{0}"
            $0.birthdate = String(repeating: "1", count: 513)
            $0.zoneinfo = "Asia/Shanghai"
        }
        #expect(claims.gender == "male")
        #expect(claims.birthdate == nil)
        #expect(claims.zoneinfo == "Asia/Shanghai")
        #expect(notices == [])
    }

    @Test("cleans an address, and drops one that becomes empty")
    func address() {
        let (claims, _) = normalized { $0.address = PostalAddress(locality: " Shenzhen\u{202E}", country: "") }
        #expect(claims.address == PostalAddress(locality: "Shenzhen"))
        #expect(normalized { $0.address = PostalAddress(locality: "\u{0}") }.claims.address == nil)
    }

    @Test("keeps the line breaks that an address may have, and no similar characters")
    func addressLines() {
        let (claims, _) = normalized {
            $0.address = PostalAddress(
                locality: "Shen\nzhen",
                streetAddress: "1 High Street\r\nFlat 2\u{202E}",
                formatted: "1 High Street\n \n\u{0}Shenzhen\n"
            )
        }
        #expect(claims.address?.locality == "Shenzhen")
        #expect(claims.address?.streetAddress == "1 High Street\nFlat 2")
        #expect(claims.address?.formatted == "1 High Street\nShenzhen")
    }

    @Test("keeps what is checked by its type, and the time of the last change")
    func passing() throws {
        let email = Contact.verified(Verified(try #require(EmailAddress("a@b.example"))))
        let (claims, notices) = normalized {
            $0.email = email
            $0.updatedAt = .at(42)
        }
        #expect(claims.email == email)
        #expect(claims.updatedAt == .at(42))
        #expect(notices == [])
    }
}
