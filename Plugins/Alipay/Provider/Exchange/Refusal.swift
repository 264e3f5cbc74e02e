import Foundation
import IdentityBroker
import OAuthClient
import StrictJSON

/// What one of Alipay's errors means for a login, in our own words: `sub_code` says it exactly, `code` roughly.
struct Refusal: Sendable, Equatable {
    let kind: BrokerError.Kind
    let message: String

    init(_ kind: BrokerError.Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The refusal in an answer; nil if it is a success, which has no code, or 10000.
    ///
    /// Alipay's own messages are never repeated: `sub_msg` can have all that was signed in it, with the code.
    init?(in members: JSONObject) {
        let (member, subCode) = (members["code"], members.text("sub_code"))
        let code = member?.wholeNumber
        guard subCode != nil || !(member?.isNull ?? true) else { return nil }
        if subCode == nil, code == 10000 { return nil }
        self = Self.of(code, subCode)
    }

    func error(_ code: Int64?, in response: UpstreamResponse, at now: Date) -> BrokerError {
        BrokerError(
            kind, message, upstreamCode: code.map { "\($0)" },
            retryAfter: kind == .rateLimited ? response.retryAfter(at: now) : nil)
    }
}

extension Refusal {
    /// What a pair of codes means. One that no table lists means at least that the code, or what was issued for it, was not
    /// accepted.
    static func of(_ code: Int64?, _ subCode: String?) -> Refusal {
        if let subCode {
            if let refusal = bySubCode[subCode] { return refusal }
            if let refusal = byBeginning.first(where: { subCode.hasPrefix($0.beginning) })?.refusal { return refusal }
        }
        guard code != nil || subCode != nil else {
            return Refusal(.upstreamMisbehaved, "The code in Alipay's answer is no number.")
        }
        return code.flatMap { byCode[$0] } ?? codeRefused
    }

    private static let codeRefused = Refusal(
        .invalidCredential,
        """
        Alipay does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login, and check \
        that appId is the app's.
        """)
    private static let unavailable = Refusal(
        .upstreamUnavailable, "Alipay cannot serve now. Try again later with a new code.")
    private static let tokenExpired = Refusal(
        .credentialExpired, "What Alipay issued at sign-in is no longer valid. Begin a new login.")
    private static let notAuthorized = Refusal(
        .misconfigured, "Alipay does not accept the token by which one app acts for another. Use the app's own keys.")
    private static let requestRefused = Refusal(
        .misconfigured, "Alipay misses a part of the request. Check that the settings are those of the app.")
    private static let conditions = Refusal(
        .misconfigured, "The app does not meet Alipay's conditions for this call. Check its state in Alipay's console.")
    private static let permissions = Refusal(
        .misconfigured,
        "The app may not make this call. Add the ability to get member information to it in Alipay's console.")
    private static let tooManyCalls = Refusal(
        .rateLimited, "Alipay takes no more calls of the app now. Try again later.")

    static let bySubCode: [String: Refusal] = [
        "isp.unknow-error": unavailable, "aop.unknow-error": unavailable,
        "aop.invalid-auth-token": tokenExpired, "aop.auth-token-time-out": tokenExpired,
        "aop.app-auth-token-time-out": tokenExpired,
        "aop.invalid-app-auth-token": notAuthorized, "aop.invalid-app-auth-token-no-api": notAuthorized,
        "isv.code-invalid": codeRefused, "AUTH_CODE_NOT_EXIST": codeRefused,
        "isv.invalid-signature": Refusal(
            .misconfigured,
            """
            Alipay does not accept the app's signature. Check that privateKey belongs to the public key, or the \
            certificate, that the console shows as the app's.
            """),
        "isv.missing-signature-key": Refusal(
            .misconfigured, "Alipay has no public key of the app. Upload the one of privateKey in Alipay's console."),
        "isv.invalid-app-id": Refusal(
            .misconfigured, "Alipay knows no such app. Check appId, and apiURL for a sandbox."),
        "isv.invalid-timestamp": Refusal(
            .misconfigured, "Alipay does not accept the time of the request. Check the clock of this machine."),
        "isv.insufficient-isv-permissions": permissions,
    ]

    /// By what they begin with: `isv.` is about the caller, `isp.` about Alipay.
    static let byBeginning: [(beginning: String, refusal: Refusal)] = [
        ("isp.", unavailable), ("isv.missing-", requestRefused),
    ]

    static let byCode: [Int64: Refusal] = [
        20000: unavailable, 20001: tokenExpired, 40001: requestRefused, 40002: codeRefused, 40003: conditions,
        40004: codeRefused, 40005: tooManyCalls, 40006: permissions,
    ]
}
