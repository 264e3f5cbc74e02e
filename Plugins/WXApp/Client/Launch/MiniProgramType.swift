/// The edition of a mini program that WeChat opens.
///
/// The raw value is the name in configuration, ``weChatValue`` the number in WeChat's SDK.
public enum MiniProgramType: String, CaseIterable, Codable, Sendable {
    /// The published edition, open to everyone.
    case release
    /// The edition under development, open to its developers.
    case test
    /// The trial edition, open to its trial users.
    case preview

    /// The raw value of `WXMiniProgramType` in `WXApiObject.h` of WechatOpenSDK; the same numbers serve
    /// `WXLaunchMiniProgram.Req.miniprogramType` on Android.
    public var weChatValue: UInt {
        switch self {
        case .release: 0
        case .test: 1
        case .preview: 2
        }
    }
}
