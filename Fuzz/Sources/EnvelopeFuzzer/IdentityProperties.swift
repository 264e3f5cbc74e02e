import Foundation
import FuzzSupport
import IdentityBroker
import StrictJSON
import WXAppProvider

/// The properties of every identity.
enum IdentityProperties {
    static func check(_ identity: Identity) {
        property(
            "A subject is 1 to 255 visible ASCII characters",
            holds: identity.subject.isVisibleASCII && identity.subject.utf8.count <= 255
        )
        property(
            "The issuer is the configured one",
            holds: identity.issuer.rawValue == "https://core.genauth.cn/\(Decoding.userPoolId)"
        )
        property("No notice is given twice", holds: Set(identity.notices).count == identity.notices.count)
        property(
            "Notices are of the closed list",
            holds: identity.notices.allSatisfy { WXAppProvider.manifest.notices[$0] != nil }
        )
        property(
            "Alternate identifiers are visible ASCII",
            holds: identity.alternateIdentifiers.allSatisfy { $0.value.isVisibleASCII && $0.value.utf8.count <= 255 }
        )
        property(
            "No id repeats the secret or the ticket",
            holds: !([identity.subject] + identity.alternateIdentifiers.map(\.value)).contains(where: isTelling)
        )
        checkClaims(identity.claims)
        checkRecord(identity)
        checkEncoding(identity)
    }

    private static func checkClaims(_ claims: Claims) {
        let texts = [
            claims.name, claims.givenName, claims.familyName, claims.middleName, claims.nickname,
            claims.preferredUsername, claims.gender, claims.birthdate, claims.zoneinfo, claims.locale,
            claims.address?.locality, claims.address?.region, claims.address?.country, claims.address?.postalCode,
        ]
        for text in texts.compactMap(\.self) {
            property("A claim that is known is not empty", holds: !text.isEmpty)
            property("A claim has no controls in it", holds: !text.unicodeScalars.contains(where: \.isControl))
            property("A claim does not repeat the secret or the ticket", holds: !isTelling(text))
        }
        for contact in [claims.email?.value.rawValue, claims.phoneNumber?.value.rawValue].compactMap(\.self) {
            property("A contact does not repeat the secret or the ticket", holds: !isTelling(contact))
        }
        for url in [claims.picture, claims.profile, claims.website].compactMap(\.self) {
            property(
                "A URL is https and visible ASCII", holds: url.lowercased().hasPrefix("https://") && url.isVisibleASCII)
            property("A URL does not repeat the secret or the ticket", holds: !isTelling(url))
        }
    }

    private static func checkRecord(_ identity: Identity) {
        guard case .object(let record) = identity.record else {
            property("An identity has its record", holds: false)
            return
        }
        let ids = ["_id", "id", "userId"].compactMap { record[$0] }
        property("The record names a user", holds: !ids.isEmpty)
        property("The subject is every id of the record", holds: ids.allSatisfy { $0 == .string(identity.subject) })
        if case .verified = identity.claims.email {
            property("Only true verifies an address", holds: record["emailVerified"] == true)
        }
        if case .verified = identity.claims.phoneNumber {
            property("Only true verifies a phone number", holds: record["phoneVerified"] == true)
        }
        property("A record that lets a user in is not blocked", holds: record["blocked"] != true)
        property("A record that lets a user in is not deleted", holds: record["isDeleted"] != true)
        checkRedaction(.object(record))
        checkRedaction(.object(identity.attributes))
    }

    /// The record contains no passwords, keys, tokens or planted secrets, at any depth.
    private static func checkRedaction(_ value: JSONValue) {
        switch value {
        case .null, .bool, .number:
            break
        case .string(let text):
            property("A record does not repeat the secret or the ticket", holds: !isTelling(text))
        case .array(let elements):
            elements.forEach(checkRedaction)
        case .object(let object):
            for member in object {
                property(
                    "A record has no member for a secret",
                    holds: !["token", "password", "secret", "session_key", "accessToken"].contains(member.name)
                )
                property("A record does not repeat the secret or the ticket", holds: !isTelling(member.name))
                checkRedaction(member.value)
            }
        }
    }

    private static func checkEncoding(_ identity: Identity) {
        let reader = JSONReader(limits: .init(maximumBytes: 1024 * 1024, maximumDepth: 128))
        let document = try? JSONEncoder().encode(identity)
        let value = document.flatMap { try? reader.read($0) }
        property("An identity has a JSON form", holds: value?["subject"]?.string == identity.subject)
    }

    private static func isTelling(_ text: String) -> Bool {
        text.holds(Login.secret) || text.holds(Login.ticket)
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
