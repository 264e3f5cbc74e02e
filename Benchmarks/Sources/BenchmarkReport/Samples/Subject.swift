/// The subjects that targets refer to, under their names in the samples.
enum Subject {
    static let rawPoll = "C, curl_multi_poll"
    static let rawEpoll = "C, curl_multi_socket_action"
    static let transport = "CurlTransport"
    static let asyncHTTPClient = "AsyncHTTPClient"
    static let memoryLogin = "login, memory"
    static let sqliteLogin = "login, SQLite"
    static let postgresLogin = "login, PostgreSQL"
    static let brokerProcess = "broker login"
    static let curlProcess = "curl"
    static let alone = "alone"
    static let inFlight = "in flight"
    static let twiceTheRate = "2 × what 64 in flight get"
    static let besideNeighbors = ", beside two busy loops"
    static let verifier = "AccessTokenVerifier, ES256"
    static let firstStart = "first start, empty store"
    static let start = "start"
}
