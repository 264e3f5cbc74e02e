/// The WeChat mini program in which a user signs in.
public struct MiniProgram: Hashable, Sendable {
    /// The mini program that GenAuth shares among its customers.
    ///
    /// - `userName` `gh_a781a791e29e`: GenAuth, "Launching WeChat Mini Program".
    /// - `appId` `wxa0435021fd7a3af2`: GenAuth's setup page of the connection `wechat-miniprogram-applaunch`. The
    ///   mobile app must be associated with it on the WeChat Open Platform.
    /// - `path` `/routes/explore`: the code of GenAuth's page and its published iOS demo. The page's prose says
    ///   `/routers/explore`, which ``init(userName:appId:path:useSelfWxapp:type:)`` accepts as well.
    public static let genAuth = MiniProgram(
        checkedUserName: "gh_a781a791e29e",
        appId: "wxa0435021fd7a3af2",
        path: "/routes/explore",
        useSelfWxapp: false,
        type: .release
    )

    /// The original id of the mini program (`gh_…`), by which WeChat opens it.
    public let userName: String

    /// The AppID of the mini program (`wx…`). Not part of a launch request: it is the scope of the openid that the mini
    /// program sees.
    public let appId: String

    /// The page to open, absolute and without a query.
    public let path: String

    /// Whether this is the operator's own mini program instead of the one that GenAuth shares.
    public let useSelfWxapp: Bool

    /// The edition to open.
    public let type: MiniProgramType

    /// Describes a mini program; omitted values are as in ``genAuth``.
    ///
    /// - Throws: ``WXAppLaunchError`` if `userName`, `appId` or `path` is empty or has white space, control or other
    ///   invisible characters in it, if `path` does not begin with a slash, or if it has a query or a fragment.
    public init(
        userName: String = genAuth.userName,
        appId: String = genAuth.appId,
        path: String = genAuth.path,
        useSelfWxapp: Bool = genAuth.useSelfWxapp,
        type: MiniProgramType = genAuth.type
    ) throws(WXAppLaunchError) {
        try LaunchParameter.userName.check(userName)
        try LaunchParameter.appId.check(appId)
        try LaunchParameter.path.check(path)
        self.init(checkedUserName: userName, appId: appId, path: path, useSelfWxapp: useSelfWxapp, type: type)
    }

    private init(checkedUserName: String, appId: String, path: String, useSelfWxapp: Bool, type: MiniProgramType) {
        self.userName = checkedUserName
        self.appId = appId
        self.path = path
        self.useSelfWxapp = useSelfWxapp
        self.type = type
    }
}

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
