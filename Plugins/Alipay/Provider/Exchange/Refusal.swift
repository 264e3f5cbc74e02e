import IdentityBroker
import StrictJSON
import UpstreamAPI

/// A refusal in one of Alipay's answers, and what it means for a login: `sub_code` says it exactly, `code` roughly.
struct Refusal: Sendable, Equatable {
    let meaning: Meaning
    private let code: Int64?
    private let subCode: String?

    /// What codes mean, in our own words. Alipay's are never repeated: `sub_msg` can have all that was signed in it, with the
    /// code.
    struct Meaning: Sendable, Equatable {
        let kind: BrokerError.Kind
        let message: String

        init(_ kind: BrokerError.Kind, _ message: String) {
            self.kind = kind
            self.message = message
        }
    }

    /// The refusal in an answer; nil if it is a success, which has no code, or 10000.
    init?(in members: JSONObject) {
        let member = members["code"]
        (code, subCode) = (member?.wholeNumber, members.text("sub_code"))
        guard subCode != nil || !(member?.isNull ?? true) else { return nil }
        if subCode == nil, code == 10000 { return nil }
        meaning = Self.meaning(of: code, subCode)
    }

    /// The failure that it is.
    ///
    /// - Parameter retryAfter: The time to wait, if the answer says one.
    func error(retryAfter: Duration?) -> BrokerError {
        error(meaning.kind, meaning.message, retryAfter: meaning.kind == .rateLimited ? retryAfter : nil)
    }

    /// Another failure with its code: the exact one if it has the form of a code, and otherwise the rough one.
    func error(_ kind: BrokerError.Kind, _ message: String, retryAfter: Duration? = nil) -> BrokerError {
        let exact = BrokerError(kind, message, upstreamCode: subCode, retryAfter: retryAfter)
        guard exact.upstreamCode == nil, let code else { return exact }
        return BrokerError(kind, message, upstreamCode: "\(code)", retryAfter: retryAfter)
    }
}

extension Refusal {
    /// What a pair of codes means. One that no table lists means at least that the code, or what was issued for it, was not
    /// accepted.
    private static func meaning(of code: Int64?, _ subCode: String?) -> Meaning {
        if let subCode {
            if let meaning = bySubCode[subCode] { return meaning }
            if subCode.hasPrefix("isv."), subCode.contains("cert") { return certificates }
            if let meaning = byBeginning.first(where: { subCode.hasPrefix($0.beginning) })?.meaning { return meaning }
        }
        guard code != nil || subCode != nil else {
            return Meaning(.upstreamMisbehaved, "The code in Alipay's answer is no number. Begin a new login.")
        }
        return code.flatMap { byCode[$0] } ?? codeRefused
    }

    private static let codeRefused = Meaning(
        .invalidCredential,
        """
        Alipay does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login, and check \
        that appId is the app's.
        """)
    private static let unavailable = Meaning(
        .upstreamUnavailable, "Alipay cannot serve now. Try again later with a new code.")
    private static let tokenExpired = Meaning(
        .credentialExpired, "What Alipay issued at sign-in is no longer valid. Begin a new login.")
    private static let notAuthorized = Meaning(
        .misconfigured, "Alipay does not accept the token by which one app acts for another. Use the app's own keys.")
    private static let requestRefused = Meaning(
        .misconfigured,
        """
        Alipay does not accept the request: a required parameter is missing or invalid. Check that the settings are those \
        of the app.
        """)
    private static let conditions = Meaning(
        .misconfigured, "The app does not meet Alipay's conditions for this call. Check its state in Alipay's console.")
    private static let permissions = Meaning(
        .misconfigured,
        "The app may not make this call. Add the ability to get member information to it in Alipay's console.")
    private static let keyMissing = Meaning(
        .misconfigured,
        """
        Alipay has no public key of the app, or no certificate. Upload the one that belongs to privateKey in Alipay's \
        console.
        """)
    private static let certificates = Meaning(
        .misconfigured,
        """
        Alipay does not accept the app's keys or certificates. Download the current ones from Alipay's console, and check \
        privateKey, appCertificate and rootCertificate.
        """)
    private static let tooManyCalls = Meaning(
        .rateLimited, "Alipay takes no more calls of the app now. Try again later.")

    static let bySubCode: [String: Meaning] = [
        "isp.unknow-error": unavailable, "aop.unknow-error": unavailable,
        "aop.invalid-auth-token": tokenExpired, "aop.auth-token-time-out": tokenExpired,
        "aop.app-auth-token-time-out": tokenExpired,
        "aop.invalid-app-auth-token": notAuthorized, "aop.invalid-app-auth-token-no-api": notAuthorized,
        "isv.code-invalid": codeRefused, "AUTH_CODE_NOT_EXIST": codeRefused,
        "isv.invalid-signature": Meaning(
            .misconfigured,
            """
            Alipay does not accept the app's signature. Check that privateKey belongs to the public key, or the \
            certificate, that the console shows as the app's.
            """),
        "isv.missing-signature-key": keyMissing, "isv.missing-signature-config": keyMissing,
        "isv.invalid-app-id": Meaning(
            .misconfigured, "Alipay knows no such app. Check appId, and apiURL for a sandbox."),
        "isv.invalid-timestamp": Meaning(
            .misconfigured, "Alipay does not accept the time of the request. Check the clock of this machine."),
        "isv.insufficient-isv-permissions": permissions,
        "isv.app-call-limited": tooManyCalls, "isv.method-call-limited": tooManyCalls,
    ]

    /// By what they begin with: `isv.` is about the caller, `isp.` about Alipay.
    static let byBeginning: [(beginning: String, meaning: Meaning)] = [
        ("isp.", unavailable), ("isv.missing-", requestRefused), ("isv.invalid-", requestRefused),
    ]

    static let byCode: [Int64: Meaning] = [
        20000: unavailable, 20001: tokenExpired, 40001: requestRefused, 40002: codeRefused, 40003: conditions,
        40004: codeRefused, 40005: tooManyCalls, 40006: permissions,
    ]
}
