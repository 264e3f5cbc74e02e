import Testing
import WXAppClient

@Suite("A mini program")
struct MiniProgramTests {
    @Test("defaults to the one GenAuth shares")
    func defaults() throws {
        #expect(try MiniProgram() == .genAuth)
        #expect(MiniProgram.genAuth.userName == "gh_a781a791e29e")
        #expect(MiniProgram.genAuth.appId == "wxa0435021fd7a3af2")
        #expect(MiniProgram.genAuth.path == "/routes/explore")
        #expect(!MiniProgram.genAuth.useSelfWxapp)
        #expect(MiniProgram.genAuth.type == .release)
    }

    @Test("keeps what an operator sets")
    func ownMiniProgram() throws {
        let own = try MiniProgram(
            userName: "gh_d43f693ca31f",
            appId: "wxd930ea5d5a258f4f",
            path: "/pages/sign-in",
            useSelfWxapp: true,
            type: .preview
        )
        #expect(own.userName == "gh_d43f693ca31f")
        #expect(own.appId == "wxd930ea5d5a258f4f")
        #expect(own.path == "/pages/sign-in")
        #expect(own.useSelfWxapp)
        #expect(own.type == .preview)
    }

    @Test(
        "has editions with WeChat's numbers",
        arguments: [
            (MiniProgramType.release, UInt(0)), (.test, 1), (.preview, 2),
        ])
    func weChatValues(type: MiniProgramType, number: UInt) {
        #expect(type.weChatValue == number)
    }

    @Test(
        "has editions with their names in configuration",
        arguments: [
            ("release", MiniProgramType.release), ("test", .test), ("preview", .preview), ("Release", nil), ("0", nil),
        ])
    func names(name: String, type: MiniProgramType?) {
        #expect(MiniProgramType(rawValue: name) == type)
    }

    @Test(
        "may open any absolute page",
        arguments: [
            "/routes/explore", "/routers/explore", "/", "/pages/a/b.html", "/页面/登录", "/a&b=c;d", "/a%3Fb",
        ])
    func acceptedPath(path: String) throws {
        #expect(try MiniProgram(path: path).path == path)
    }

    @Test(
        "refuses a page that is not an absolute path without a query",
        arguments: [
            ("", "empty"),
            ("routes/explore", "not_absolute"),
            ("https://example.com/routes", "not_absolute"),
            ("?foo=bar", "not_absolute"),
            ("/routes/explore?tenant=3", "has_query"),
            ("/routes/explore?\u{301}", "has_query"),
            ("/routes/explore#top", "has_query"),
            (" /routes/explore", "not_visible"),
            ("/routes/explore\n", "not_visible"),
            ("/routes/\u{0}explore", "not_visible"),
            ("/routes\u{200B}/explore", "not_visible"),
        ])
    func refusedPath(path: String, code: String) throws {
        let error = try #require(throws: WXAppLaunchError.self) { try MiniProgram(path: path) }
        #expect(error.code == code)
        #expect(error.parameter == "path")
    }

    @Test(
        "refuses ids that are empty or have invisible characters",
        arguments: [
            ("", "empty"), (" ", "not_visible"), ("gh_a\u{202E}b", "not_visible"), ("gh_a\r\n", "not_visible"),
        ])
    func refusedIds(id: String, code: String) throws {
        let userName = try #require(throws: WXAppLaunchError.self) { try MiniProgram(userName: id) }
        #expect(userName.code == code)
        #expect(userName.parameter == "userName")
        let appId = try #require(throws: WXAppLaunchError.self) { try MiniProgram(appId: id) }
        #expect(appId.code == code)
        #expect(appId.parameter == "appId")
    }
}
