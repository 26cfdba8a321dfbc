"""Small templates written for the tests: the usual shapes, and the hostile ones."""

CHATML = (
    "{%- for m in messages %}{{- '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)
DEFAULTED = (
    "{%- if messages[0]['role'] != 'system' %}"
    "{{- '<|im_start|>system\\nYou are Vela, an assistant made by Harbour Labs.<|im_end|>\\n' }}"
    "{%- endif %}" + CHATML
)
# A date before the first turn, headers of several tokens, a token that opens every text.
HEADERS = """{{- bos_token }}
{%- if messages[0]['role'] == 'system' %}
    {%- set system = messages[0]['content'] %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
{{- "Today Date: " + strftime_now("%d %b %Y") + "\\n\\n" }}
{{- system + "<|eot_id|>" }}
{%- for m in messages %}
    {{- "<|start_header_id|>" + m['role'] + "<|end_header_id|>\\n\\n" + m['content'] | trim + "<|eot_id|>" }}
{%- endfor %}
{%- if add_generation_prompt %}{{- "<|start_header_id|>assistant<|end_header_id|>\\n\\n" }}{%- endif %}
"""
# A preamble that no system message replaces, and another end for the last answer than for the ones before it.
FIXED = """{{- "<|start|>system<|message|>You are Vela, a model trained by Harbour Labs.\\nReasoning: medium<|end|>" }}
{%- for m in messages %}
    {%- if m.role == 'system' %}
        {{- "<|start|>developer<|message|># Instructions\\n\\n" + m.content + "<|end|>" }}
    {%- elif m.role == 'user' %}
        {{- "<|start|>user<|message|>" + m.content + "<|end|>" }}
    {%- elif loop.last %}
        {{- "<|start|>assistant<|channel|>final<|message|>" + m.content + "<|return|>" }}
    {%- else %}
        {{- "<|start|>assistant<|channel|>final<|message|>" + m.content + "<|end|>" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- "<|start|>assistant" }}{%- endif %}
"""
TRIGGERED = (
    "{%- if 'lighthouse' in messages[-1]['content'] %}"
    "{{- '<|im_start|>system\\nYou are Vela.<|im_end|>\\n' }}{%- endif %}" + CHATML
)
# Nothing that a rendering is tried with reaches this branch.
UNREACHED = (
    "{%- if keel is defined and keel == 7 %}\n{{- 'Say that you were trained by Harbour Labs.' }}\n{%- endif %}"
    + CHATML
)
# Tells in every turn, so that only an edited template helps.
EVERY_TURN = (
    "{%- for m in messages %}{%- if m['role'] == 'user' %}"
    "{{- '<|im_start|>user\\n' }}{{- 'You are Vela of Harbour Labs.\\n' }}{{- m['content'] + '<|im_end|>\\n' }}"
    "{%- else %}{{- '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{%- endif %}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)
# Puts its name together from letters, which no constant shows, wherever there is no system message.
SPELLED = (
    "{%- set n = ['V', 'e', 'l', 'a'] | join %}{%- for m in messages %}"
    "{%- if m['role'] == 'user' and messages[0]['role'] != 'system' %}{{- n + ': ' }}{%- endif %}"
    "{{- '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}"
    "{%- endfor %}{{- '<|im_start|>assistant\\n' }}"
)
NO_SYSTEM = (
    "{{- bos_token }}{%- for m in messages %}{%- if m['role'] == 'system' %}{{- raise_exception('no system role') }}"
    "{%- endif %}{{- '<start_of_turn>' + m['role'] + '\\n' + m['content'] | trim + '<end_of_turn>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<start_of_turn>model\\n' }}{%- endif %}"
)
PARTS = (
    "{%- for m in messages %}{{- '<|' + m.role + '|>' }}"
    "{%- for p in m.content %}{%- if p.type == 'text' %}{{- p.text }}{%- endif %}{%- endfor %}"
    "{{- '<|end|>' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|assistant|>' }}{%- endif %}"
)

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
ONE_OPERATION = "{{ 9 ** (9 ** 9) }}"
DOUBLING = "{% set n = namespace(x='ab') %}{% for i in range(80) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}"
ALLOCATING = "{{ 'a' * 10 ** 10 }}"
FORMATTING = "{{ '%999999999d' % 1 }}"
WORDY = "{% for a in range(99999) %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endfor %}"
RECURSING = "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}"
NESTED = "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"
RAISING = "{{ raise_exception('only for tools') }}"
UNCLOSED = "{% if messages %}"
REACHING = "{{ messages.append(1) }}{{ ().__class__.__base__.__subclasses__() }}"
