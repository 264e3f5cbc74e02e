/// The company and its app, as the console shows them.
enum Company {
    static let corpId = "ww8f2d1c6b5a493e07"
    static let agentId = "1000002"
    /// Another one, whose member may open the mini program as well.
    static let otherCorpId = "ww00aa11bb22cc33dd"
}
