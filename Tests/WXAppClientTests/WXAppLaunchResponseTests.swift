import Testing
import WXAppClient

@Suite("WeChat's response")
struct WXAppLaunchResponseTests {
    @Test(
        "on success has the mini program's outcome",
        arguments: [
            ("code=200&message=授权成功&ticket=T1", "authorized T1"),
            ("code=400&message=用户取消授权", "cancelled"),
            ("code=500", "failed mini_program 500"),
            ("", "cancelled"),
            (nil, "cancelled"),
        ])
    func success(extMsg: String?, expected: String) throws {
        #expect(try WXAppLaunchResponse(errCode: 0, extMsg: extMsg).outcome.summary == expected)
    }

    @Test(
        "with an error yields no ticket, whatever came with it",
        arguments: [
            (Int32(-1), "failed wechat -1"),
            (-2, "cancelled"),
            (-3, "failed wechat -3"),
            (-4, "failed wechat -4"),
            (-5, "failed wechat -5"),
            (-6, "failed wechat -6"),
            (1, "failed wechat 1"),
            (.min, "failed wechat -2147483648"),
        ])
    func error(errCode: Int32, expected: String) throws {
        let outcome = try WXAppLaunchResponse(errCode: errCode, extMsg: "code=200&message=m&ticket=T1").outcome
        #expect(outcome.summary == expected)
        #expect(outcome.failure?.untrustedMessage == nil)
    }

    @Test("with an error is not read further, so that an ambiguous query does not hide it")
    func errorBeforeQuery() throws {
        let outcome = try WXAppLaunchResponse(errCode: -3, extMsg: "ticket=A&ticket=B").outcome
        #expect(outcome.summary == "failed wechat -3")
    }

    @Test("on success throws what the reader of the query throws")
    func ambiguous() throws {
        let error = try #require(throws: WXAppCallbackError.self) {
            try WXAppLaunchResponse(errCode: 0, extMsg: "code=200&ticket=A&ticket=B")
        }
        #expect(error.code == "ticket_ambiguous")
    }

    @Test(
        "with an error says what happened",
        arguments: [
            (Int32(-1), "error -1, an error of no particular kind"),
            (-3, "error -3, the request could not be sent"),
            (
                -4,
                "error -4, WeChat refused; check that the app and the mini program are associated on the WeChat Open Platform"
            ),
            (-5, "error -5, this version of WeChat cannot; update WeChat"),
            (-6, "error -6, which its SDK does not list"),
        ])
    func errorForPeople(errCode: Int32, reason: String) throws {
        let failure = try #require(WXAppLaunchResponse(errCode: errCode, extMsg: nil).outcome.failure)
        #expect("\(failure)" == "WeChat did not open the mini program: \(reason).")
    }
}
