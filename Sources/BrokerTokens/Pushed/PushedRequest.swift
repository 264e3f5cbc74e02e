import Foundation
package import IdentityBroker

/// A request for a code that its client has pushed, so that no browser can change it (RFC 9126). It is found by a digest of
/// its `request_uri`.
///
/// A browser may bring it until its time is over, and again when a page is reloaded. It is answered once, whoever brought
/// it: the answer consumes the record, which therefore outlives every login that it can lead to.
struct PushedRequest: RecordBody, Codable, Equatable {
    static let recordKind: RecordKind = "pushed_request"

    /// How long a browser may take to bring it.
    static let lifetime = Duration.seconds(300)

    private static let prefix = "urn:ietf:params:oauth:request_uri:"

    let request: AuthenticationRequest
    /// Until when a browser may bring it.
    let until: Date

    /// The record of a request pushed now.
    static func record(_ request: AuthenticationRequest, _ secret: BoundSecret, at now: Date) -> Record<PushedRequest> {
        let until = now + lifetime
        return Record(
            PushedRequest(request: request, until: until), id: secret.recordID,
            expiry: until + LoginTransaction.lifetime)
    }

    /// The `request_uri` of a secret.
    static func uri(_ secret: BoundSecret) -> Secret { Secret(prefix + secret.text.reveal()) }

    /// Whether a `request_uri` says that the request was pushed. Any other is an address that we do not fetch (CVE-2023-44469).
    static func isNamed(by uri: String) -> Bool { uri.hasPrefix(prefix) }

    /// The id of the record that a `request_uri` names; nil if it names none.
    static func id(_ uri: String) -> RecordID? {
        guard isNamed(by: uri) else { return nil }
        return BoundSecret(uri.dropFirst(prefix.count)).map(\.recordID)
    }
}

/// What a client gets for a pushed request (RFC 9126 §2.2).
package struct IssuedRequestURI: Sendable {
    /// `request_uri`.
    package let uri: Secret
    /// How long a browser may take to bring it.
    package let expiresIn: Duration
}
