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
