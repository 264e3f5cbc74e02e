/// WeChat's answer to a launch request, which it passes to `onResp(_:)` as a `WXLaunchMiniProgramResp`.
public struct WXAppLaunchResponse: Sendable {
    /// How the visit ended.
    public let outcome: WXAppOutcome

    /// Reads WeChat's answer.
    ///
    /// - Parameters:
    ///   - errCode: `BaseResp.errCode`: 0 success, -1 common error, -2 the user went back, -3 not sent, -4 refused,
    ///     -5 not supported (`WXErrCode` in `WXApiObject.h` of WechatOpenSDK).
    ///   - extMsg: `WXLaunchMiniProgramResp.extMsg`, the query that the mini program returned. Read on success only;
    ///     nil means that the user came back without finishing.
    /// - Throws: ``WXAppCallbackError`` if the query is too long or ambiguous.
    public init(errCode: Int32, extMsg: String?) throws(WXAppCallbackError) {
        switch WeChatErrorCode(rawValue: errCode) {
        case .success:
            outcome = try WXAppCallback(query: extMsg ?? "").outcome
        case .userCancelled:
            outcome = .cancelled
        case .common, .sentFailed, .authDenied, .unsupported, nil:
            outcome = .failed(WXAppFailure(.weChat(errCode: errCode)))
        }
    }
}

/// The values of `BaseResp.errCode`: `WXErrCode` in `WXApiObject.h` of WechatOpenSDK.
enum WeChatErrorCode: Int32 {
    case success = 0
    case common = -1
    case userCancelled = -2
    case sentFailed = -3
    case authDenied = -4
    case unsupported = -5

    var meaning: String {
        switch self {
        case .success: "success"
        case .common: "an error of no particular kind"
        case .userCancelled: "the user went back"
        case .sentFailed: "the request could not be sent"
        case .authDenied:
            "WeChat refused; check that the app and the mini program are associated on the WeChat Open Platform"
        case .unsupported: "this version of WeChat cannot; update WeChat"
        }
    }
}
