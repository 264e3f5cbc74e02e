import IdentityBroker

/// Chinese, in simplified characters.
struct ChineseWords: DescriptionWords {
    let language = "中文"

    let does = "用途"
    let takes = "凭据"
    let with = "附带"
    let can = "能力"
    let see = "文档"
    let register = "平台配置"
    let note = "说明"

    let atUpstream = "在上游平台配置"
    let configuration = "配置"
    let trial = "不连接上游，在沙箱中试用"
    let credentials = "接受的凭据"
    let particulars = "特别说明"
    let settings = "设置"
    let notices = "提示"

    let settingColumns = ["设置", "形式", "含义"]
    let noticeColumns = ["提示", "含义"]

    let or = " 或 "
    let comma = "，"
    let colon = "："

    func text(_ text: String, with remark: String) -> String { "\(text)（\(remark)）" }

    let required = "必填"

    func defaultValue(_ text: String) -> String { "默认 \(text)" }

    func name(of form: Setting.Form) -> String {
        switch form {
        case .text: "文本"
        case .url, .urlTemplate: "URL"
        case .path: "路径"
        case .secret: "密钥引用"
        case .boolean: "true 或 false"
        case .integer(let range): "\(range.lowerBound) 至 \(range.upperBound) 的整数"
        case .duration, .durationOrZero: "时长"
        case .size: "大小"
        case .choice: "选项"
        case .object: "映射"
        case .mapping(let element): "名称到\(name(of: element))的映射"
        case .document: "YAML 文件的路径"
        case .list(let element): "\(name(of: element))列表"
        }
    }

    func limits(of form: CredentialForm) -> String {
        "最多 \(form.maximumBytes) 字节，\(form.isOneTime ? "只能登录一次" : "在过期前有效")"
    }

    func accompanied(by part: String) -> String { "附带 \(part)" }

    func documentation(at link: String) -> String { "官方文档：\(link)。" }

    func callback(of type: String, isLoopbackTaken: Bool) -> String {
        let browser = "broker login \(type) --browser"
        return isLoopbackTaken
            ? """
            回调地址是 `broker serve` 的 `ISSUER/callback/ID`（ID 为实例标识），或嵌入 broker 的应用自己的地址；使用 `\(browser) --port PORT` 时，则是 \
            `http://127.0.0.1:PORT/callback/\(type)`。
            """
            : "回调地址是 `broker serve` 的 `ISSUER/callback/ID`（ID 为实例标识），或嵌入 broker 的应用自己的地址，必须是 `https` 地址：`\(browser)` 只能与沙箱一起使用。"
    }
}
