import Foundation
import JOSE
import StrictJSON

/// The public half of a signing key that was removed from the ring: it verifies the ID tokens that come as hints, which
/// live as long as sessions do (OpenID Connect Core §3.1.2.1). It is not published.
struct RetiredKey {
    let key: TokenVerificationKey
    /// Until when.
    let until: Date

    init(_ key: TokenVerificationKey, until: Date) {
        (self.key, self.until) = (key, until)
    }
}

extension KeyRing {
    /// The longest that a session lives.
    static let hintLifetime = SessionLifetimes.longest
    /// How many keys are kept for hints, however often keys rotate.
    static let mostRetired = 64

    mutating func retire(_ key: TokenSigningKey, at now: Date) {
        retired.append(RetiredKey(key.verificationKey, until: now + Self.hintLifetime))
        retired.removeFirst(max(0, retired.count - Self.mostRetired))
    }

    /// - Returns: Whether there was one whose time is over.
    mutating func dropRetired(at now: Date) -> Bool {
        let count = retired.count
        retired.removeAll { $0.until <= now }
        return retired.count < count
    }
}

extension RetiredKey {
    init(_ members: JSONObject) throws {
        let keySet = try members.required("keySet", \.string)
        guard let key = try JSONWebKeySet(reading: Array(keySet.utf8)).keys.first.flatMap(TokenVerificationKey.init)
        else { throw UnreadableMember() }
        self.init(key, until: try members.required("until", \.time))
    }

    var members: JSONObject {
        [
            "keySet": .string(String(decoding: JSONWebKeySet([key.webKey]).document, as: UTF8.self)),
            "until": .time(until),
        ]
    }
}
