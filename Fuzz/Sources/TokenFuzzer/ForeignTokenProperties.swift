import Foundation
import FuzzSupport
import IdentityBroker
import JOSE
import StrictJSON

@testable import WXAppProvider

/// The properties of a token that was not signed with the key.
enum ForeignTokenProperties {
    static func check(_ token: String) {
        checkForm(token)
        switch Inspection.of(token, key: Inspection.key) {
        case .success:
            property("What was not signed with the key never verifies", holds: false)
        case .failure(let error):
            checkRefusal(error)
        }
        checkUnverified(token)
    }

    static func checkRefusal(_ error: BrokerError) {
        property("A token that does not stand up is the upstream's fault", holds: error.kind == .upstreamMisbehaved)
        let reasons = [
            "is absent", "cannot be read", "names a critical extension", "is not signed with HS256",
            "does not verify with tokenKey",
            "lacks its id, clientId or exp",
        ]
        property(
            "A refusal says why and repeats nothing",
            holds: reasons.contains { error.message == "A tokenKey is set, but GenAuth's token \($0)." }
        )
    }

    private static func checkForm(_ token: String) {
        guard (try? CompactJWS(token, mostBytes: .max)) != nil else { return }
        let parts = Array(token.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        property("A token has three parts", holds: parts.count == 3)
        for part in parts {
            let bytes = Base64URL.decode(part)
            property(
                "Each part is base64url, in its one spelling",
                holds: bytes.map { EncodingProperties.encode($0).utf8.elementsEqual(part) } == true
            )
        }
    }

    /// Without a key no token is refused, and one that could not be verified gets a notice.
    static func checkUnverified(_ token: String) {
        guard case .success(let inspection) = Inspection.of(token, key: nil) else {
            property("Without a key no token is refused", holds: false)
            return
        }
        property("The token is passed on as it came", holds: token.isEmpty || inspection.token == Secret(token))
        property(
            "An unreadable token says nothing", holds: !isNoted(.upstreamTokenUnreadable) || inspection.claims == nil)
        property(
            "A time is one of this calendar",
            holds: inspection.expiry.map { (0...UpstreamTime.latest).contains($0.timeIntervalSince1970) } ?? true
        )
        let jws = try? CompactJWS(token, mostBytes: .max, headerReader: .upstream)
        let isHS256 = jws.map { $0.algorithm == .hs256 && $0.header["crit"] == nil }
        property(
            "Another algorithm is noted",
            holds: isNoted(.upstreamTokenUnverified) == (isHS256 == false && inspection.claims != nil))

        func isNoted(_ notice: WXAppNotice) -> Bool { inspection.notices.contains(notice) }
    }
}
