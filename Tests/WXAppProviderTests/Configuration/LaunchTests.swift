import IdentityBroker
import Testing
import WXAppClient
import WXAppProvider

@Suite("The launch request")
struct LaunchTests {
    private static func parameters(_ settings: WXAppProvider.Settings) throws -> [LaunchRequest.Parameter] {
        let request = try WXAppProvider.launchRequest(settings: settings)
        #expect(request.target == "wechat_mini_program")
        return request.parameters
    }

    @Test("opens the shared mini program, and needs no secret for it")
    func shared() throws {
        let settings = WXAppProvider.Settings(userPoolId: Scenario.userPoolId, secret: .environment("NOBODY_SET_THIS"))
        #expect(
            try Self.parameters(settings) == [
                .init("user_name", "gh_a781a791e29e"),
                .init("app_id", "wxa0435021fd7a3af2"),
                .init("path", "/routes/explore?userPoolId=5e4cdd055df3df65dc58b97d&fromApp=1&useSelfWxapp=0"),
                .init("mini_program_type", "release"),
            ]
        )
    }

    @Test("opens your own mini program, and asks for the phone number")
    func own() throws {
        let settings = WXAppProvider.Settings(
            userPoolId: "pool",
            miniProgram: .init(userName: "gh_1", appId: "wx1", path: "/p", useSelfWxapp: true, type: .test),
            requestPhone: true
        )
        #expect(
            try Self.parameters(settings) == [
                .init("user_name", "gh_1"),
                .init("app_id", "wx1"),
                .init("path", "/p?userPoolId=pool&getPhone=1&fromApp=1&useSelfWxapp=1"),
                .init("mini_program_type", "test"),
            ]
        )
    }

    @Test("is refused by name if a setting is invalid")
    func refused() throws {
        let settings = WXAppProvider.Settings(userPoolId: "pool", miniProgram: .init(path: "/p?a=b"))
        let error = try #require(throws: BrokerError.self) { try WXAppProvider.launchRequest(settings: settings) }
        #expect(error.kind == .misconfigured)
        #expect(error.message.contains("miniProgram.path"))
    }
}
