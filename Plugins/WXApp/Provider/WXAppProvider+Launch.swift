public import IdentityBroker
import WXAppClient

extension WXAppProvider: LaunchRequesting {
    /// What the user's app passes to WeChat to open the mini program: `user_name`, `app_id`, `path` with its query, and
    /// `mini_program_type`.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    public static func launchRequest(settings: Settings) throws -> LaunchRequest {
        let launch = try settings.checkedLaunchRequest()
        return LaunchRequest(
            target: "wechat_mini_program",
            parameters: [
                .init("user_name", launch.userName),
                .init("app_id", launch.miniProgram.appId),
                .init("path", launch.path),
                .init("mini_program_type", launch.miniProgramType.rawValue),
            ]
        )
    }
}
