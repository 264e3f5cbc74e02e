import Testing

@testable import BrokerCommands

@Suite("The user's language")
struct UserLanguageTests {
    @Test(
        "is that of the locale's first variable that is set",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], ["zh"]), (["LANG": "zh"], ["zh"]), (["LANG": "ZH-Hans"], ["zh"]),
            (["LC_ALL": "de_DE", "LANG": "zh_CN"], ["de"]),
            (["LC_ALL": "", "LC_MESSAGES": "zh_TW@x", "LANG": "fr"], ["zh"]),
            (["LANG": "C.UTF-8"], []), (["LANG": "C"], []), (["LANG": "POSIX"], []), ([:], []), (["LANG": "中文"], []),
        ] as [([String: String], [String])]
    )
    func language(_ environment: [String: String], _ expected: [String]) {
        #expect(UserLanguage.preferred { environment[$0] } == expected)
    }

    @Test(
        "is the primary subtag of a tag",
        arguments: [
            ("zh", "zh"), ("zh-Hans-CN", "zh"), ("ZH_tw", "zh"), ("yue", "yue"), ("", nil), ("z", nil),
            ("chinese", nil), ("-zh", nil), ("中文", nil),
        ] as [(String, String?)])
    func subtag(_ tag: String, _ expected: String?) {
        #expect(UserLanguage.primarySubtag(of: tag) == expected)
    }
}
