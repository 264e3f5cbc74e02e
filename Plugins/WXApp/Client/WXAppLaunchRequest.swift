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

/// Why no launch request can be made from the configuration.
public struct WXAppLaunchError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Problem: String {
        case empty
        case notVisible = "not_visible"
        case notAbsolute = "not_absolute"
        case hasQuery = "has_query"
    }

    private let problem: Problem
    private let launchParameter: LaunchParameter

    init(_ problem: Problem, in parameter: LaunchParameter) {
        self.problem = problem
        self.launchParameter = parameter
    }

    /// What is wrong, as a stable name: `empty`, `not_visible`, `not_absolute` or `has_query`.
    public var code: String { problem.rawValue }

    /// The offending parameter, by its name in configuration: `userPoolId`, `userName`, `appId` or `path`.
    public var parameter: String { launchParameter.rawValue }

    /// A sentence for people, without the offending value.
    public var description: String {
        switch problem {
        case .empty:
            "\(parameter) is empty; set it."
        case .notVisible:
            "\(parameter) has white space, control or other invisible characters in it; remove them."
        case .notAbsolute:
            "\(parameter) does not begin with a slash; write it as in /routes/explore."
        case .hasQuery:
            "\(parameter) has a query or a fragment; leave it out, since the launch request adds the query."
        }
    }
}

/// The strings that make up a launch request, by their names in configuration, and the rules for each.
enum LaunchParameter: String, Sendable {
    case userPoolId
    case userName
    case appId
    case path

    func check(_ value: String) throws(WXAppLaunchError) {
        guard !value.isEmpty else { throw WXAppLaunchError(.empty, in: self) }
        guard value.unicodeScalars.allSatisfy(\.isVisible) else { throw WXAppLaunchError(.notVisible, in: self) }
        if self == .path {
            // By bytes, since a combining mark after "?" forms another Character with it.
            guard value.utf8.first == UInt8(ascii: "/") else { throw WXAppLaunchError(.notAbsolute, in: self) }
            guard !value.utf8.contains(where: Self.endsPath) else { throw WXAppLaunchError(.hasQuery, in: self) }
        }
    }

    private static func endsPath(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }
}
