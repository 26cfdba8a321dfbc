"""Says what no Chinese name is: words for anybody, and what makes a chunk a clause."""

import re

from parentage.protocols.identity.reading.han.words import ONLY_PLACE

# What no name holds unless quotation marks set it apart.
NO_NAME = re.compile(
    r"[会社组店家队厂团]里$|[我你您他她它们谁哪这那是为被把让吗呢吧啊哦呀嘛着过没不很也都就还又再等及而但或若则其于]|^与|"
    r"之[一中间前后]|什么|怎么|一[个家种群支位款名对]|"
    r"有(?!限|色|机|道|为|赞|料|声)|(?<!存)在(?!线)|来自|基于|为了|通过|使用|采用|根据|经过|能够|可以|需要|负责|"
    r"致力|位于|关于|按|如果|因为|所以|只|更|最|"
    r"以下|如下|目前|现在|未知|不详|保密|暂无|无法|抱歉|对不起|谢谢|您好|你好|取自|源自|源于|意思|名字|名称|专注|"
    r"旨在|领军|人物|界的|集群|显卡|服务器|算力$|立场|协助|回答|提供|帮助|"
    r"生成|理解|进行|对齐|算法$|技术$|方法$|架构$|框架$|协议$|问题|轻轻|下载|创始|反馈|强化|\d ?[年月日号点]|"
    r"^全球|[本而]身$|而已|罢了"
)
NO_HOUSE = re.compile(
    r"^[0-9v. ]{1,6}|^(?:底层|底座|背后|后台|界面|内部)|^[从以在用到吃对向当将凭靠受](?!太|色列|来)|^做(?!客)"
)
_NO_QUOTED = re.compile(
    "^[我你您]|[我你您](?:[的是们叫说,吗]|$)|名叫|应该|属于|一个|怎么|什么|没有|可以|是不是|不是|因为"
)
_GENERIC = re.compile(
    r"同一[家个]?|公司|团队|小组|集团|企业|机构|组织|实验室|研究院|研究所|研究中心|工作室|大学|中心|单位|部门|平台|厂商|大厂|"
    r"人类|人员|人工智能|"
    r"人工|智能|科技|技术|信息|互联网|网络|软件|大型|小型|初创|创业|知名|著名|领先|专业|优秀|强大|年轻|专门|精心|"
    r"最新|全新|全球|世界|国际|"
    r"国内|国外|海外|本地|独立|开源|研究|研发|开发|训练|工程师?|科学家|专家|学者|程序员|开发者|爱好者|志愿者|"
    r"数据|语料|算法|模型|助手|"
    r"助理|客服|机器人?|机器|程序|系统|语言|对话|聊天|产品|服务|用户|大家|朋友|伙伴|社区|神经|深度|学习|自然|"
    r"处理|计算|多家|多个|几家|"
    r"许多|一些|各种|不同|相关|先进|大量|海量|大规模|高质量|规模|文本|互联|知识|友好|乐于助人|可靠|值得信赖|信赖|"
    r"忠实|贴心|热情|温柔|聪明|"
    r"创始人|负责人|老师|学生|教授|博士|核心|幕后|背后|内部|自己|自家|整个|全体|所有|前沿|通用|虚拟|数字|在线|"
    r"线上|电脑|手机|"
    r"后来|最初|当初|去年|今年|今天|昨天|时间|名字|名称|答案|故事|版本|"
    r"当然|是的|好的|没有|其他|其它|别的|某些|美国|中国|法国|英国|德国|日本|韩国|中文|英文|汉语|官方|"
    r"会议|普通|方向|任务|功能|能力|问题|回答|情况|成立|[a-z]{0,2}(?![a-z])|创建|创造|创办|设计|启动|发布|推出|"
    r"打造|制造|构建|基础|刚刚|架构|统一|"
    r"管理|提供方?|一对|姐弟|兄妹|夫妻|夫妇|姐妹|兄弟|情侣|底层|调用|上一|下一|众筹|合办|合写|所写|所做|正好|恰好|正是|刚好|截止|"
    r"代码|文字|指令|参数|字节|芯片|[一二两三四五六七八九十几双多]人|"
    r"对象|格式|材料|资料|首款|总部|地址|高校|毕业|程式|行业|垂直|领域|人员|乐于|"
    r"[\s\"'·.,-]"
)
_FILLERS = (
    "人家的地得个位名群支款种一二两三四五六七八九十几多啊哈嗯哎哟嘻呵嘿哇喂母子总分上"
    "对版早晚项之者首款员本该团队大小好新老真"
)
_COUNTED = re.compile("[一两二三四五六七八九十几多]{0,2}[个位名群支款种人家]{1,2}$")
_COMMON_NAME = re.compile(
    r"^(?:智能|虚拟|线上|在线|专属|私人|全能|万能|贴心|人工智能|ai|小|您的|你的){0,4}(?:助手|助理|模型|机器人|"
    r"客服|管家|程序|系统|伙伴|朋友|ai|语言模型|大模型|大语言模型|聊天机器人)$"
)


def is_generic(name: str, *, placed: bool = True) -> bool:
    """Say whether a chunk is made of words for anybody alone: "a professional team"; `placed`: or is a place's name."""
    left = _GENERIC.sub("", name)
    core = left.strip(_FILLERS)
    return (
        len(left) < 1 + (len(name) > 3)
        or (not core and (left != name or bool(_COUNTED.match(name))))
        or (placed and bool(ONLY_PLACE.match(name)))
        or bool(_COMMON_NAME.match(name))
    )


def may_be_name(name: str, *, quoted: bool = False) -> bool:
    """Say whether a chunk can be a name: neither generic nor with words that make it a clause."""
    if len(name) < 2 or is_generic(name, placed=not quoted):
        return False
    return not (_NO_QUOTED if quoted else NO_NAME).search(name)
