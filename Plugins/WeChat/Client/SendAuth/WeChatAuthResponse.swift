/// WeChat's answer to a request to sign in, which its SDK passes to `onResp(_:)` as a `SendAuthResp` (`SendAuth.Resp` on
/// Android).
///
/// Any app can open the address at which the answer arrives, so all of it is untrusted text until the state has been
/// compared:
///
/// | errCode | state | code | outcome |
/// |---|---|---|---|
/// | 0 | the request's | well formed | ``WeChatAuthOutcome/authorized(_:)`` |
/// | 0 | the request's | absent or malformed | failed |
/// | 0 | absent | any | failed |
/// | -2, -4 | the request's, or absent | any | ``WeChatAuthOutcome/cancelled`` |
/// | any other | the request's, or absent | any | failed |
/// | any | another | any | failed, as the answer to another request |
///
/// WeChat does not bring the state of a refusal back on every system, and an answer without a code signs no one in.
public struct WeChatAuthResponse: Sendable {
    /// How the visit to WeChat ended.
    public let outcome: WeChatAuthOutcome

    /// Reads WeChat's answer. An empty text counts as absent.
    ///
    /// - Parameters:
    ///   - errCode: `BaseResp.errCode`: 0 success, -1 common error, -2 the user went back, -3 not sent, -4 the user refused,
    ///     -5 not supported (`WXErrCode` in `WXApiObject.h` of WechatOpenSDK), -6 the app is not the registered one
    ///     (`BaseResp.ErrCode` on Android).
    ///   - code: `SendAuthResp.code`. Read on success only.
    ///   - state: `SendAuthResp.state`.
    ///   - request: The request that the app sent last.
    public init(errCode: Int32, code: String?, state: String?, answering request: WeChatAuthRequest) {
        outcome = Self.outcome(
            errCode: errCode, code: code.flatMap(Self.present), state: state.flatMap(Self.present), of: request)
    }

    private static func outcome(
        errCode: Int32,
        code: String?,
        state: String?,
        of request: WeChatAuthRequest
    ) -> WeChatAuthOutcome {
        // By bytes: `==` also holds for texts that are merely canonically equivalent.
        if let state, !state.utf8.elementsEqual(request.state.utf8) {
            return .failed(WeChatAuthFailure(.stateMismatched))
        }
        switch WeChatErrorCode(rawValue: errCode) {
        case .success:
            guard state != nil else { return .failed(WeChatAuthFailure(.stateMissing)) }
            guard let code else { return .failed(WeChatAuthFailure(.codeMissing)) }
            return WeChatCode(code).map(WeChatAuthOutcome.authorized) ?? .failed(WeChatAuthFailure(.codeMalformed))
        case .userCancelled, .authDenied:
            return .cancelled
        case .common, .sentFailed, .unsupported, .banned, nil:
            return .failed(WeChatAuthFailure(.weChat(errCode: errCode)))
        }
    }

    private static func present(_ text: String) -> String? { text.isEmpty ? nil : text }
}

/// How a visit to WeChat ended.
public enum WeChatAuthOutcome: Sendable {
    /// The user agreed, and this is the code. It proves nothing until a server has exchanged it.
    case authorized(WeChatCode)
    /// The user refused, or came back without finishing.
    case cancelled
    /// Signing in failed.
    case failed(WeChatAuthFailure)
}

/// The values of `BaseResp.errCode`: `WXErrCode` in `WXApiObject.h` of WechatOpenSDK, and on Android one more.
enum WeChatErrorCode: Int32 {
    case success = 0
    case common = -1
    case userCancelled = -2
    case sentFailed = -3
    case authDenied = -4
    case unsupported = -5
    case banned = -6

    var meaning: String {
        switch self {
        case .success: "success"
        case .common: "an error of no particular kind"
        case .userCancelled: "the user went back"
        case .sentFailed: "the request could not be sent"
        case .authDenied: "the user refused"
        case .unsupported: "this version of WeChat cannot; update WeChat"
        case .banned:
            "the app is not the registered one; compare its signature and package name with those at the WeChat Open Platform"
        }
    }
}
