/// Cleans the claims of any provider, and notes what it dropped.
struct ClaimsNormalizer {
    private static let longestURL = 2048
    private static let longestText = 512

    let redactor: Redactor
    private(set) var notices: [Notice] = []

    init(redactor: Redactor) {
        self.redactor = redactor
    }

    mutating func normalize(_ claims: Claims) -> Claims {
        var claims = claims
        claims.name = name(claims.name)
        claims.givenName = name(claims.givenName)
        claims.familyName = name(claims.familyName)
        claims.middleName = name(claims.middleName)
        claims.nickname = name(claims.nickname)
        claims.preferredUsername = name(claims.preferredUsername)
        claims.picture = picture(claims.picture)
        claims.profile = claims.profile.flatMap { isWebAddress($0) ? $0 : nil }
        claims.website = claims.website.flatMap { isWebAddress($0) ? $0 : nil }
        claims.gender = text(claims.gender)
        claims.birthdate = text(claims.birthdate)
        claims.zoneinfo = text(claims.zoneinfo)
        claims.locale = claims.locale.flatMap { isLanguageTag($0) && !redactor.finds(in: $0) ? $0 : nil }
        claims.email = claims.email.flatMap { redactor.finds(in: $0.value.rawValue) ? nil : $0 }
        claims.phoneNumber = claims.phoneNumber.flatMap { redactor.finds(in: $0.value.rawValue) ? nil : $0 }
        claims.address = address(claims.address)
        return claims
    }

    private mutating func name(_ raw: String?) -> String? {
        guard let raw, !raw.isEmpty else { return nil }
        let cleaned = shown(raw)
        if cleaned != raw { note(.nameCleaned) }
        return cleaned
    }

    private mutating func picture(_ raw: String?) -> String? {
        guard let raw, !raw.isEmpty else { return nil }
        guard isWebAddress(raw) else {
            note(.pictureRefused)
            return nil
        }
        return raw
    }

    private func address(_ raw: PostalAddress?) -> PostalAddress? {
        guard let raw else { return nil }
        let address = PostalAddress(
            locality: text(raw.locality),
            region: text(raw.region),
            country: text(raw.country),
            postalCode: text(raw.postalCode),
            streetAddress: lines(raw.streetAddress),
            formatted: lines(raw.formatted)
        )
        return address.isEmpty ? nil : address
    }

    private func text(_ raw: String?) -> String? {
        guard let raw, raw.utf8.count <= Self.longestText else { return nil }
        return shown(raw)
    }

    private func shown(_ raw: String) -> String? {
        let raw = redactor.redactSecrets(raw)
        guard let cleaned = DisplayText.cleaned(raw) else { return nil }
        if cleaned == raw { return cleaned }
        // Cleaning may have removed characters in the middle of a secret.
        let redacted = redactor.redactSecrets(cleaned)
        return redacted == cleaned ? cleaned : DisplayText.cleaned(redacted)
    }

    /// Text that may have several lines, which OpenID Connect Core §5.1.1 allows in two members of an address.
    private func lines(_ raw: String?) -> String? {
        guard let raw, raw.utf8.count <= Self.longestText else { return nil }
        let lines = raw.split(whereSeparator: \.isNewline).compactMap { text(String($0)) }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// An absolute https URL of visible ASCII with a host and without user information.
    private func isWebAddress(_ text: String) -> Bool {
        guard text.utf8.count <= Self.longestURL, !redactor.finds(in: text) else { return false }
        var text = text
        return text.withUTF8 { bytes in
            let scheme = "https://".utf8
            let isPlain = bytes.allSatisfy { byte in
                (0x21...0x7E).contains(byte) && byte != 0x22 && byte != 0x3C && byte != 0x3E && byte != 0x5C
            }
            // Among visible characters, this maps only capital letters to those of the scheme.
            guard isPlain, bytes.prefix(scheme.count).lazy.map({ $0 | 0x20 }).elementsEqual(scheme) else {
                return false
            }
            let authority = bytes.dropFirst(scheme.count).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
            return authority.first.map { $0 != UInt8(ascii: ":") } ?? false && !authority.contains(UInt8(ascii: "@"))
        }
    }

    /// The shape of a language tag (RFC 5646 §2.1): subtags of one to eight letters or digits, the first of letters.
    private func isLanguageTag(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        let subtags = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard let language = subtags.first, (2...8).contains(language.count) else { return false }
        return language.allSatisfy(Self.isLetter)
            && subtags.allSatisfy { subtag in
                (1...8).contains(subtag.count) && subtag.allSatisfy { Self.isLetter($0) || (0x30...0x39).contains($0) }
            }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }

    private mutating func note(_ notice: Notice) {
        if !notices.contains(notice) { notices.append(notice) }
    }
}
