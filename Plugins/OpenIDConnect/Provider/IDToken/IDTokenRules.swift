import Foundation
import IdentityBroker
import JOSE
import StrictJSON

/// What an ID token must contain: OpenID Connect Core §3.1.3.7, except for the nonce, which is the gate's.
struct IDTokenRules: Sendable {
    /// How an ID token came.
    enum Arrival: Sendable {
        /// From the token endpoint, for this code, with this access token.
        case redirect(code: Secret, accessToken: Secret)
        /// From an app, which got it from the provider.
        case native

        var isNative: Bool {
            if case .native = self { true } else { false }
        }
    }

    /// How old a token may be. No provider answers with one from last week.
    private static let longestAge: TimeInterval = 7 * 24 * 60 * 60

    let issuers: ExpectedIssuers
    let clientId: String
    let audiences: [String]
    let algorithms: Set<SignatureAlgorithm>
    let secretKey: VerificationKey?
    let hostedDomains: [String]
    let maxAge: Duration?
    let tolerance: Duration

    /// Checks the claims of a token with a valid signature.
    ///
    /// - Parameters:
    ///   - algorithm: How the token is signed.
    ///   - now: The time of day.
    func check(
        _ claims: JSONObject,
        signedBy algorithm: SignatureAlgorithm,
        from arrival: Arrival,
        at now: Date
    ) throws(IDTokenFault) {
        // Number 2.
        _ = try issuers.issuer(of: claims)
        try checkAudience(of: claims, from: arrival)
        try checkTimes(of: claims, at: now)
        try checkSubject(of: claims)
        guard claims["nonce"].map({ $0.string != nil }) ?? true else { throw .invalid("has a nonce that is not text") }
        if case .redirect(let code, let accessToken) = arrival {
            try checkHash("at_hash", of: accessToken, in: claims, algorithm)
            try checkHash("c_hash", of: code, in: claims, algorithm)
        }
        try issuers.checkTenant(of: claims)
        if !hostedDomains.isEmpty {
            guard let domain = claims["hd"]?.string, hostedDomains.hasSame(domain) else {
                throw IDTokenFault(.notAdmitted, "is not of an organization in hostedDomains")
            }
        }
    }

    /// Numbers 3 to 5. A token of several clients must have been issued to this one.
    private func checkAudience(of claims: JSONObject, from arrival: Arrival) throws(IDTokenFault) {
        var accepted = [clientId]
        if arrival.isNative { accepted += audiences }
        let audience = try Self.audience(of: claims)
        guard audience.contains(where: { accepted.hasSame($0) }) else {
            throw .invalid("is for another client")
        }
        if let party = claims["azp"] {
            guard let party = party.string, accepted.hasSame(party) else {
                throw .invalid("was issued to another client")
            }
        } else if !audience.allSatisfy({ accepted.hasSame($0) }) {
            throw .invalid("is for other clients as well, and does not say which one it was issued to")
        }
    }

    /// Checks that a signed userinfo answer is the provider's for this client, as far as it says (Core §5.3.2).
    ///
    /// - Parameter idToken: The claims of the ID token that the answer adds to.
    func checkAddressee(ofUserInfo claims: JSONObject, beside idToken: JSONObject) throws(IDTokenFault) {
        if let issuer = claims["iss"] {
            guard let issuer = issuer.string, try issuers.spellings(for: idToken).hasSame(issuer) else {
                throw .invalid("is another issuer's")
            }
        }
        if claims["aud"] != nil, try !Self.audience(of: claims).hasSame(clientId) {
            throw .invalid("is for another client")
        }
    }

    private static func audience(of claims: JSONObject) throws(IDTokenFault) -> [String] {
        guard let audience = claims["aud"].flatMap({ $0.string.map { [$0] } ?? $0.strings }), !audience.isEmpty else {
            throw .invalid("names no audience")
        }
        return audience
    }

    /// Numbers 9, 10 and 13, and `nbf` (RFC 7519 §4.1.5).
    private func checkTimes(of claims: JSONObject, at now: Date) throws(IDTokenFault) {
        let (now, tolerance) = (now.timeIntervalSince1970, tolerance / .seconds(1))
        guard let expiry = claims["exp"]?.double, let issued = claims["iat"]?.double else {
            throw .invalid("lacks a time: exp and iat are required")
        }
        guard now < expiry + tolerance else {
            throw IDTokenFault(
                .expired,
                """
                expired \(Self.seconds(now - expiry)) ago. If it was just issued, a clock is off by \
                \(Self.seconds(now - issued))
                """)
        }
        let start = try claims["nbf"].map { (value) throws(IDTokenFault) in
            guard let start = value.double else { throw .invalid("has a time that is not a number: nbf") }
            return start
        }
        let ahead = max(issued, start ?? issued) - now
        guard ahead <= tolerance else {
            throw .invalid("is from \(Self.seconds(ahead)) in the future. Set the clock here, or the provider's")
        }
        guard now - issued <= Self.longestAge + tolerance else {
            throw .invalid("was issued \(Self.seconds(now - issued)) ago. No login takes that long, so a clock is off")
        }
        guard let maxAge else { return }
        guard let authenticated = claims["auth_time"]?.double else {
            throw .invalid("does not say when the user signed in, which maxAge requires")
        }
        guard authenticated - now <= tolerance else {
            throw .invalid("says that the user signed in \(Self.seconds(authenticated - now)) in the future")
        }
        guard now - authenticated <= maxAge / .seconds(1) + tolerance else {
            throw IDTokenFault(.tooLongAgo, "says that the user signed in longer ago than maxAge allows")
        }
    }

    /// OpenID Connect Core §2: up to 255 ASCII characters.
    private func checkSubject(of claims: JSONObject) throws(IDTokenFault) {
        guard let value = claims["sub"], !value.isNull, value.string != "" else {
            throw .invalid("does not say whom it is about: it has no sub")
        }
        guard let subject = value.string, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .invalid("has a sub that is not text of 1 to 255 characters of visible ASCII") }
    }

    /// OpenID Connect Core §3.1.3.6 and §3.3.2.11: half of the hash of the text. The hash is that of the algorithm that
    /// the token is signed with, and an unknown algorithm does not get here (CVE-2026-28498).
    private func checkHash(
        _ name: String,
        of secret: Secret,
        in claims: JSONObject,
        _ algorithm: SignatureAlgorithm
    ) throws(IDTokenFault) {
        guard let given = claims[name] else { return }
        let hash = algorithm.hash.hash(secret.revealBytes())
        guard let given = given.string, Secret(given) == Secret(Base64URL.encode(hash.prefix(hash.count / 2))) else {
            throw .invalid("belongs to other tokens than those it came with (\(name))")
        }
    }

    /// A number of seconds for people; a time may be any number.
    private static func seconds(_ interval: TimeInterval) -> String {
        Int64(exactly: interval.rounded()).map { "\($0) s" } ?? "more seconds than there are"
    }
}

extension [String] {
    /// Whether an element has the same bytes. `==` uses canonical equivalence, under which a character beyond ASCII can
    /// equal one of ASCII.
    func hasSame(_ text: String) -> Bool {
        contains { $0.utf8.elementsEqual(text.utf8) }
    }
}
