/// What an app passes to WeChat to open the mini program: the fields of `WXLaunchMiniProgramReq`.
///
/// ```swift
/// let launch = try WXAppLaunchRequest(userPoolId: "5e4cdd055df3df65dc58b97d")
/// let request = WXLaunchMiniProgramReq()
/// request.userName = launch.userName
/// request.path = launch.path
/// request.miniProgramType = WXMiniProgramType(rawValue: launch.miniProgramType.weChatValue) ?? .release
/// WXApi.send(request)
/// ```
public struct WXAppLaunchRequest: Hashable, Sendable {
    /// The GenAuth user pool that the user signs in to.
    public let userPoolId: String

    /// Whether the mini program also asks for the user's phone number.
    public let requestPhone: Bool

    /// The mini program to open.
    public let miniProgram: MiniProgram

    /// Describes the launch of a mini program.
    ///
    /// - Throws: ``WXAppLaunchError`` if `userPoolId` is empty or has white space, control or other invisible
    ///   characters in it.
    public init(
        userPoolId: String,
        requestPhone: Bool = false,
        miniProgram: MiniProgram = .genAuth
    ) throws(WXAppLaunchError) {
        try LaunchParameter.userPoolId.check(userPoolId)
        self.userPoolId = userPoolId
        self.requestPhone = requestPhone
        self.miniProgram = miniProgram
    }

    /// For `WXLaunchMiniProgramReq.userName`.
    public var userName: String { miniProgram.userName }

    /// For `WXLaunchMiniProgramReq.miniProgramType`, by its ``MiniProgramType/weChatValue``.
    public var miniProgramType: MiniProgramType { miniProgram.type }

    /// For `WXLaunchMiniProgramReq.path`: the page with its query.
    ///
    /// The parameters are those of GenAuth's "Launching WeChat Mini Program", in the order of its sample; `getPhone` is
    /// omitted if no phone number is requested. Values are percent-encoded down to the unreserved characters of RFC
    /// 3986 §2.3.
    public var path: String {
        var query = "userPoolId=\(PercentEncoding.encode(userPoolId))"
        if requestPhone {
            query += "&getPhone=1"
        }
        query += "&fromApp=1&useSelfWxapp=\(miniProgram.useSelfWxapp ? 1 : 0)"
        return "\(miniProgram.path)?\(query)"
    }
}
