import Testing

@testable import BrokerConfiguration

@Suite("The intended name")
struct NearestNameTests {
    @Test(
        "Insertions, deletions, substitutions and transpositions count one each",
        arguments: [
            ("", "", 0), ("abc", "abc", 0), ("abc", "ab", 1), ("ab", "abc", 1), ("abc", "abd", 1), ("abc", "acb", 1),
            ("", "abc", 3), ("kitten", "sitting", 3), ("timeuot", "timeout", 1), ("abcd", "badc", 2),
        ]
    )
    func distance(left: String, right: String, expected: Int) {
        #expect(NearestName.distance(left, right) == expected)
        #expect(NearestName.distance(right, left) == expected)
    }

    @Test(
        "A typo is recognized",
        arguments: [
            ("userPoolID", "userPoolId"), ("user_pool_id", "userPoolId"), ("userpoolid", "userPoolId"),
            ("baseUrl", "baseURL"), ("secrt", "secret"), ("scret", "secret"), ("paht", "path"),
        ]
    )
    func recognizes(slip: String, meant: String) {
        #expect(NearestName.of(slip, among: ["userPoolId", "secret", "baseURL", "path"]) == meant)
    }

    @Test("A text close to nothing has no suggestion", arguments: ["x", "password", "", "timeout", "<<"])
    func leavesAlone(text: String) {
        #expect(NearestName.of(text, among: ["userPoolId", "secret", "baseURL", "path"]) == nil)
    }

    @Test("The first of equally close names wins, and without names there is none")
    func ties() {
        #expect(NearestName.of("mode", among: ["node", "code"]) == "node")
        #expect(NearestName.of("mode", among: []) == nil)
    }

    @Test("A text too long for a typo is not compared")
    func longText() {
        let name = String(repeating: "a", count: 65)
        #expect(NearestName.of(name, among: [name]) == nil)
    }
}
